#include "app/part_lines.h"
#include "base/failure.h"
#include <algorithm>
#include <cstring>

namespace callscrub::app {

namespace {
constexpr unsigned lines_bits = 24;
}

std::uint64_t PartLine::packed() const {
    return line << (lines_bits + 1) | std::uint64_t{lines} << 1 | (guest ? 1U : 0U);
}

PartLine PartLine::unpacked(std::uint64_t word) {
    return {word >> (lines_bits + 1), static_cast<std::uint32_t>(word >> 1) & ((1U << lines_bits) - 1), (word & 1) != 0};
}

PartLines::PartLines(std::string_view bytes, std::uint64_t encoding_line)
    : words_(bytes.size() / sizeof(std::uint64_t)), encoding_line_(encoding_line) {
    if (!words_.empty()) std::memcpy(words_.data(), bytes.data(), words_.size() * sizeof(std::uint64_t));
    std::uint64_t local = 1;
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (i % stride == 0) anchors_.push_back(local);
        local += PartLine::unpacked(words_[i]).lines;
    }
}

std::size_t PartLines::find(std::uint64_t local_line) const {
    auto anchor = std::upper_bound(anchors_.begin(), anchors_.end(), local_line);
    if (anchor != anchors_.begin()) --anchor;
    std::size_t at = static_cast<std::size_t>(anchor - anchors_.begin()) * stride;
    std::uint64_t local = anchor == anchors_.end() ? 1 : *anchor;
    for (; at < words_.size() && local < local_line; ++at) local += PartLine::unpacked(words_[at]).lines;
    return at;
}

bool PartLines::place(std::size_t at, csv::Record& record) const {
    if (at >= words_.size())
        throw base::Failure(base::Exit::input, "a file of a part holds more records than its .lines file; split the inputs again");
    const auto line = PartLine::unpacked(words_[at]);
    record.line = line.line;
    if (line.line < encoding_line_) record.encoding = csv::Encoding::utf8;
    return !line.guest;
}

} // namespace callscrub::app
