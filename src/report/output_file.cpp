#include "report/output_file.h"
#include "base/failure.h"
#include <cerrno>
#include <fcntl.h>

namespace callscrub::report {
namespace {
constexpr std::size_t buffer_size = std::size_t{256} << 10;
/// So many bytes at a time go to disk in the background, so that the final fsync finds little left to do.
constexpr std::uint64_t early_step = std::uint64_t{16} << 20;

std::string advice(int error) {
    switch (error) {
    case ENOSPC:
        return "; free some space on that disk";
    case EDQUOT:
        return "; the disk quota is used up";
    case EFBIG:
        return "; the limit for the size of a file is reached (ulimit -f)";
    default:
        return "";
    }
}
} // namespace

OutputFile::OutputFile(std::string name, std::string path, Fd fd)
    : record_{std::move(name), 0, {}}, path_(std::move(path)), fd_(std::move(fd)), dry_(!fd_.open()) {}

void OutputFile::fail(int error) {
    error_ = error;
    throw base::Failure(base::Exit::output, base::Place{path_},
                        "can't be written: " + errno_text(error) + advice(error) + "; nothing was published");
}

void OutputFile::write(std::string_view bytes) {
    if (finished_) throw base::Failure(base::Exit::internal, base::Place{path_}, "written after its end");
    if (error_ != 0) fail(error_);
    record_.size += bytes.size();
    if (buffer_.size() + bytes.size() < buffer_size) {
        if (buffer_.capacity() == 0) buffer_.reserve(buffer_size);
        buffer_.append(bytes);
        return;
    }
    flush();
    if (bytes.size() >= buffer_size) {
        put(bytes);
    } else {
        buffer_.append(bytes);
    }
}

void OutputFile::flush() {
    put(buffer_);
    buffer_.clear();
}

void OutputFile::put(std::string_view bytes) {
    hash_.add(bytes);
    if (dry_) return;
    if (const int error = write_all(fd_.get(), bytes); error != 0) fail(error);
    written_ += bytes.size();
    if (written_ - asked_ < early_step) return;
    if (!early_) early_ = std::make_unique<EarlySync>(fd_.get());
    early_->ask();
    asked_ = written_;
}

void OutputFile::finish() {
    if (finished_) return;
    Fd fd = finish_open();
    finished_ = false;
    if (!dry_) {
        if (const int error = sync(fd.get()); error != 0) fail(error);
        if (const int error = fd.close(); error != 0) fail(error);
    }
    finished_ = true;
}

Fd OutputFile::finish_open() {
    if (error_ != 0) fail(error_);
    flush();
    if (const int error = early_ ? early_->finish() : 0; error != 0) fail(error);
    early_.reset();
    buffer_.shrink_to_fit();
    record_.sha256 = hash_.hex();
    finished_ = true;
    return std::move(fd_);
}

} // namespace callscrub::report
