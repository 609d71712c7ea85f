#include "app/mapped_file.h"
#include "base/failure.h"
#include "report/fd.h"
#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>

namespace callscrub::app {

MappedFile::MappedFile(const std::string& path, std::string_view advice) {
    const auto refuse = [&](const std::string& what) {
        throw base::Failure(base::Exit::input, {path, 0, 0}, what + ";" + std::string(advice));
    };
    const report::Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    struct stat state {};
    if (!fd.open() || ::fstat(fd.get(), &state) != 0) refuse("can't be opened: " + report::errno_text(errno));
    if (!S_ISREG(state.st_mode)) refuse("is no regular file");
    size_ = static_cast<std::size_t>(state.st_size);
    if (size_ == 0) return;
    void* const data = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd.get(), 0);
    if (data == MAP_FAILED) refuse("can't be read: " + report::errno_text(errno));
    data_ = data;
}

MappedFile::~MappedFile() {
    if (data_ != nullptr) ::munmap(data_, size_);
}

} // namespace callscrub::app
