/// A file in memory for reading, as long as somebody holds it.
#pragma once
#include <string>
#include <string_view>

namespace callscrub::app {

class MappedFile {
public:
    /// Failure (input) if it can't be opened or is no regular file; `advice` follows the system's words. An empty file
    /// has no bytes. A file that is cut while it is mapped ends the program when what is gone is read.
    MappedFile(const std::string& path, std::string_view advice);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

private:
    void* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace callscrub::app
