#include "history/record_ids.h"
#include <algorithm>
#include <cstring>

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

std::string RecordNames::packed() const {
    const auto count = static_cast<std::uint32_t>(anchors_.size());
    std::string out;
    out.reserve(sizeof count + count * sizeof(Anchor) + text_.size());
    out.append(reinterpret_cast<const char*>(&count), sizeof count);
    out.append(reinterpret_cast<const char*>(anchors_.data()), count * sizeof(Anchor));
    return out += text_;
}

std::string find_name(std::string_view packed, std::uint32_t line) {
    using Anchor = RecordNames::Anchor;
    std::uint32_t count = 0;
    std::memcpy(&count, packed.data(), sizeof count);
    const char* const anchors = packed.data() + sizeof count;
    const auto anchor = [&](std::size_t i) {
        Anchor out;
        std::memcpy(&out, anchors + i * sizeof out, sizeof out);
        return out;
    };
    if (count == 0) return {};
    // The first anchor behind the line. Names stand on most lines, so the first look is nearly right.
    std::size_t low = 0, high = count;
    const std::uint64_t begin = anchor(0).line, span = std::uint64_t{anchor(count - 1).line} - begin + 1;
    std::size_t look = line <= begin ? 0 : static_cast<std::size_t>((line - begin) * count / span);
    for (std::size_t step = 1; low < high; step *= 2) {
        look = std::min(std::max(look, low), high - 1);
        if (anchor(look).line <= line) {
            low = look + 1;
            look += step;
        } else {
            high = look;
            look -= std::min(step, look);
        }
        if (step > 8) look = low + (high - low) / 2;
    }
    if (low == 0) return {};
    const std::string_view text = packed.substr(sizeof count + count * sizeof(Anchor));
    const std::size_t end = low == count ? text.size() : anchor(low).at;
    std::size_t at = anchor(low - 1).at;
    const auto get = [&] {
        std::uint32_t number = 0;
        for (unsigned shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(text[at++]);
            number |= std::uint32_t{byte & 0x7FU} << shift;
            if (byte < 0x80) return number;
        }
    };
    std::string name;
    for (std::uint32_t here = anchor(low - 1).line; at < end;) {
        here += get();
        const std::uint32_t kept = get(), added = get();
        name.resize(kept);
        name += text.substr(at, added);
        at += added;
        if (here == line) return name;
        if (here > line) break;
    }
    return {};
}

void FileNames::put(std::uint64_t index, const RecordNames& names, Overflow* overflow) {
    if (blocks_.size() <= index) blocks_.resize(index + 1);
    if (names.empty()) return;
    Kept& kept = blocks_[index];
    kept.first_line = names.first_line();
    kept.own = names.packed();
    kept.size = static_cast<std::uint32_t>(kept.own.size());
    if (overflow != nullptr) {
        kept.position = overflow->put(kept.own.data(), kept.own.size());
        kept.own = {};
    }
    bytes_ += kept.own.size();
}

void FileNames::finish(const Overflow* overflow) {
    overflow_ = overflow;
    std::erase_if(blocks_, [](const Kept& kept) { return kept.size == 0; });
    for (const Kept& kept : blocks_) first_lines_.push_back(kept.first_line);
}

std::string FileNames::find(std::uint32_t line) const {
    const auto after = std::upper_bound(first_lines_.begin(), first_lines_.end(), line);
    if (after == first_lines_.begin()) return {};
    const Kept& kept = blocks_[static_cast<std::size_t>(after - first_lines_.begin()) - 1];
    if (!kept.own.empty()) return find_name(kept.own, line);
    thread_local std::string packed; // its memory serves the next call
    packed.resize(kept.size);
    overflow_->get(kept.position, packed.data(), packed.size());
    return find_name(packed, line);
}

} // namespace callscrub::history
