#include "app/part_rows.h"
#include "app/bytes.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

enum Flag : unsigned { clean = 1, damaged = 2, own_raw = 4 };
constexpr std::size_t head = sizeof(std::uint32_t); // length of the frame behind it

std::array<const std::string*, 4> all(const Pieces& pieces) {
    return {&pieces.clean, &pieces.rejected, &pieces.evidence, &pieces.renew};
}

void end_frame(std::string& out, std::size_t begin) {
    const auto length = static_cast<std::uint32_t>(out.size() - begin - head);
    std::memcpy(out.data() + begin, &length, head);
}

void put_clean(std::string& out, const Rendered& rendered, std::size_t at, bool raw) {
    const auto& row = rendered.rows[at];
    const std::size_t end = at + 1 < rendered.rows.size() ? rendered.rows[at + 1].first_number : rendered.numbers.size();
    put_number(out, static_cast<std::uint64_t>(row.basis));
    put_signed(out, row.until);
    put_number(out, row.emptied);
    put_number(out, row.doubts);
    put_number(out, end - row.first_number);
    for (std::size_t i = row.first_number; i < end; ++i) put_number(out, rendered.numbers[i]);
    put_text(out, std::string_view(rendered.kept).substr(row.kept_begin, row.kept_end - row.kept_begin));
    if (raw) put_text(out, row.raw);
}

} // namespace

void put_rows(std::string& out, const Rendered& rendered, std::uint64_t& last_line) {
    const auto pieces = all(rendered.pieces);
    std::array<std::size_t, 4> from{};
    std::size_t next_clean = 0;
    for (const auto& mark : rendered.marks) {
        const std::size_t begin = out.size();
        out.append(head, '\0');
        const bool is_clean = next_clean < rendered.rows.size() && rendered.rows[next_clean].line == mark.line;
        const auto piece = [&](std::size_t i) { return std::string_view(*pieces[i]).substr(from[i], mark.end[i] - from[i]); };
        // The clean list has most rows as they stood.
        const bool raw = is_clean && piece(0) != rendered.rows[next_clean].raw;
        put_number(out, (is_clean ? clean : 0U) | (raw ? own_raw : 0U));
        put_number(out, mark.line - last_line);
        last_line = mark.line;
        if (is_clean) put_number(out, static_cast<std::uint64_t>(rendered.rows[next_clean].encoding));
        for (std::size_t i = 0; i < from.size(); ++i) put_text(out, piece(i));
        if (is_clean) put_clean(out, rendered, next_clean++, raw);
        from = mark.end;
        end_frame(out, begin);
    }
}

void put_damaged(std::string& out, const csv::Record& record) {
    const std::size_t begin = out.size();
    out.append(head, '\0');
    put_number(out, damaged);
    put_number(out, record.line);
    put_number(out, static_cast<std::uint64_t>(record.encoding));
    put_text(out, record.raw);
    end_frame(out, begin);
}

PartRowReader::PartRowReader(const std::string& path, report::FileRecord expected)
    : path_(path), expected_(std::move(expected)), fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {
    if (!fd_.open()) fail("can't be opened: " + report::errno_text(errno));
}

void PartRowReader::fail(const std::string& what) const { throw Failure(Exit::input, {path_, 0, 0}, what); }

/// Whether so many bytes are there, having read on.
bool PartRowReader::fill(std::size_t wanted) {
    constexpr std::size_t least = std::size_t{1} << 20;
    if (end_ - begin_ >= wanted) return true;
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    if (buffer_.size() < std::max(wanted, least)) buffer_.resize(std::max(wanted, least));
    while (end_ < wanted) {
        const ssize_t got = ::read(fd_.get(), buffer_.data() + end_, buffer_.size() - end_);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("can't be read: " + report::errno_text(errno));
        if (got == 0) return false;
        hash_.add({buffer_.data() + end_, static_cast<std::size_t>(got)});
        end_ += static_cast<std::size_t>(got);
        read_ += static_cast<std::uint64_t>(got);
    }
    return true;
}

bool PartRowReader::next() {
    constexpr const char* not_it = "is not the file that was written (size or SHA-256 differ); make it again";
    if (!fill(head)) {
        if (end_ != begin_ || read_ != expected_.size || hash_.hex() != expected_.sha256) fail(not_it);
        return false;
    }
    std::uint32_t length = 0;
    std::memcpy(&length, buffer_.data() + begin_, head);
    if (length > expected_.size || !fill(head + length)) fail(not_it);
    unpack({buffer_.data() + begin_ + head, length});
    row_.bytes = head + length;
    begin_ += row_.bytes;
    return true;
}

void PartRowReader::unpack(std::string_view frame) {
    TakeBytes in(frame);
    const auto flags = in.number();
    row_.damaged = (flags & damaged) != 0;
    row_.clean = (flags & clean) != 0;
    row_.line = row_.damaged ? in.number() : row_.line + in.number();
    if (row_.damaged || row_.clean) row_.encoding = static_cast<csv::Encoding>(in.number());
    if (row_.damaged) {
        row_.raw = in.text();
        return;
    }
    for (auto& piece : row_.pieces) piece = in.text();
    if (!row_.clean) return;
    row_.basis = static_cast<law::Basis>(in.number());
    row_.until = static_cast<facts::Day>(in.signed_number());
    row_.emptied = static_cast<std::uint32_t>(in.number());
    row_.doubts = in.number();
    row_.numbers.resize(in.number());
    for (auto& number : row_.numbers) number = in.number();
    row_.kept = in.text();
    row_.raw = (flags & own_raw) != 0 ? in.text() : row_.pieces[0];
}

} // namespace callscrub::app
