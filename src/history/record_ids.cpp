#include "history/record_ids.h"
#include <algorithm>

namespace callscrub::history {

void RecordNames::put(std::uint32_t number) {
    for (; number >= 0x80; number >>= 7) text_.push_back(static_cast<char>(number | 0x80));
    text_.push_back(static_cast<char>(number));
}

void RecordNames::add(std::uint32_t line, std::string_view name) {
    if (in_run_ == 0) {
        anchors_.push_back({line, static_cast<std::uint32_t>(text_.size())});
        last_.clear();
        last_line_ = line;
    }
    const auto differ = std::mismatch(last_.begin(), last_.end(), name.begin(), name.end());
    const auto kept = static_cast<std::uint32_t>(differ.first - last_.begin());
    put(line - last_line_);
    put(kept);
    put(static_cast<std::uint32_t>(name.size() - kept));
    text_.append(name.substr(kept));
    last_.assign(name);
    last_line_ = line;
    in_run_ = (in_run_ + 1) % run;
}

std::string RecordNames::find(std::uint32_t line) const {
    auto anchor = std::upper_bound(anchors_.begin(), anchors_.end(), line,
                                   [](std::uint32_t l, const Anchor& a) { return l < a.line; });
    if (anchor == anchors_.begin()) return {};
    const std::size_t end = anchor == anchors_.end() ? text_.size() : anchor->at;
    --anchor;
    std::size_t at = anchor->at;
    const auto get = [&] {
        std::uint32_t number = 0;
        for (unsigned shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(text_[at++]);
            number |= std::uint32_t{byte & 0x7FU} << shift;
            if (byte < 0x80) return number;
        }
    };
    std::string name;
    for (std::uint32_t here = anchor->line; at < end;) {
        here += get();
        const std::uint32_t kept = get(), added = get();
        name.resize(kept);
        name.append(text_, at, added);
        at += added;
        if (here == line) return name;
        if (here > line) break;
    }
    return {};
}

void RecordNames::shrink() {
    text_.shrink_to_fit();
    anchors_.shrink_to_fit();
    last_ = {};
}

void FileNames::put(std::uint64_t index, RecordNames names) {
    if (blocks_.size() <= index) blocks_.resize(index + 1);
    names.shrink();
    if (!names.empty()) blocks_[index] = std::make_unique<RecordNames>(std::move(names));
}

std::string FileNames::find(std::uint32_t line) const {
    // The last block that begins at or before the line; empty blocks stand between.
    std::size_t low = 0, high = blocks_.size();
    const RecordNames* best = nullptr;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        std::size_t probe = middle;
        while (probe < high && !blocks_[probe]) ++probe;
        if (probe == high) {
            high = middle;
        } else if (blocks_[probe]->first_line() <= line) {
            best = blocks_[probe].get();
            low = probe + 1;
        } else {
            high = middle;
        }
    }
    return best ? best->find(line) : std::string();
}

} // namespace callscrub::history
