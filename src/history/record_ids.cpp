#include "history/record_ids.h"
#include <algorithm>
#include <cstring>

namespace callscrub::history {

namespace {
constexpr unsigned most_kept = 15, most_added = 16; // so many and more do not fit half a byte
constexpr unsigned char wide = 0xF0;

std::uint32_t number_at(const char*& at) {
    std::uint32_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(*at++);
        number |= std::uint32_t{byte & 0x7FU} << shift;
        if (byte < 0x80) return number;
    }
}
} // namespace

void RecordNames::put(std::uint32_t number) {
    for (; number >= 0x80; number >>= 7) text_.push_back(static_cast<char>(number | 0x80));
    text_.push_back(static_cast<char>(number));
}

void RecordNames::add(std::uint32_t line, std::string_view name) {
    if (begins_.empty()) first_line_ = line;
    const std::uint32_t in_run = (line - first_line_) % run;
    const std::size_t runs = (line - first_line_) / run + 1;
    const bool begins = begins_.size() < runs;
    if (begins) {
        begins_.resize(runs, static_cast<std::uint32_t>(text_.size()));
        first_.clear();
    }
    const auto differ = std::mismatch(first_.begin(), first_.end(), name.begin(), name.end());
    const auto kept = static_cast<std::uint32_t>(differ.first - first_.begin()), added = static_cast<std::uint32_t>(name.size()) - kept;
    text_.push_back(static_cast<char>(in_run));
    if (kept < most_kept && added < most_added) {
        text_.push_back(static_cast<char>(kept << 4 | added));
    } else {
        text_.push_back(static_cast<char>(wide));
        put(kept);
        put(added);
    }
    text_.append(name.substr(kept));
    if (begins) first_.assign(name);
}

std::string RecordNames::packed() const {
    const Head head{first_line_, static_cast<std::uint32_t>(begins_.size())};
    std::string out;
    out.reserve(sizeof head + (head.runs + 1) * sizeof head.runs + text_.size());
    out.append(reinterpret_cast<const char*>(&head), sizeof head);
    const auto put_distance = [&](std::uint32_t run_at, std::uint32_t begin) {
        const std::uint32_t distance = (head.runs + 1 - run_at) * static_cast<std::uint32_t>(sizeof distance) + begin;
        out.append(reinterpret_cast<const char*>(&distance), sizeof distance);
    };
    for (std::uint32_t i = 0; i < head.runs; ++i) put_distance(i, begins_[i]);
    put_distance(head.runs, static_cast<std::uint32_t>(text_.size()));
    return out += text_;
}

namespace {
// A distance stands where it is counted from.
const char* names_at(const char* place) {
    std::uint32_t distance = 0;
    std::memcpy(&distance, place, sizeof distance);
    return place + distance;
}
} // namespace

const char* name_place(const char* packed, std::uint32_t first_line, std::uint32_t line) {
    return packed + sizeof(RecordNames::Head) + (line - first_line) / RecordNames::run * sizeof(std::uint32_t);
}

void prefetch_name(const char* place) {
    if (place != nullptr) __builtin_prefetch(names_at(place));
}

std::string find_name(std::string_view packed, std::uint32_t line) {
    RecordNames::Head head{};
    std::memcpy(&head, packed.data(), sizeof head);
    if (line < head.first_line || (line - head.first_line) / RecordNames::run >= head.runs) return {};
    const char* const place = name_place(packed.data(), head.first_line, line);
    const char* const end = names_at(place + sizeof(std::uint32_t));
    const char* first_name = nullptr;
    for (const char* at = names_at(place); at < end;) {
        const auto in_run = static_cast<unsigned char>(*at++), sizes = static_cast<unsigned char>(*at++);
        std::uint32_t kept = sizes >> 4, added = sizes & 15;
        if (sizes == wide) {
            kept = number_at(at);
            added = number_at(at);
        }
        if (first_name == nullptr) first_name = at;
        if (in_run == (line - head.first_line) % RecordNames::run) {
            std::string name;
            name.reserve(kept + added);
            return name.append(first_name, kept).append(at, added);
        }
        at += added;
    }
    return {};
}

void FileNames::put(std::uint64_t index, const RecordNames& names, Overflow* overflow) {
    if (blocks_.size() <= index) blocks_.resize(index + 1);
    if (names.empty()) return;
    Kept& kept = blocks_[index];
    const std::string packed = names.packed();
    kept.first_line = names.first_line();
    kept.size = static_cast<std::uint32_t>(packed.size());
    if (overflow != nullptr) {
        kept.position = overflow->put(packed.data(), packed.size()) | outside;
        return;
    }
    kept.position = bytes_;
    bytes_ += packed.size();
    if (bytes_ > text_.size()) text_.grow(std::max(2 * text_.size(), bytes_));
    text_.expect(bytes_);
    std::memcpy(text_.data() + kept.position, packed.data(), packed.size());
}

void FileNames::finish(const Overflow* overflow) {
    overflow_ = overflow;
    std::erase_if(blocks_, [](const Kept& kept) { return kept.size == 0; });
    note_first_lines();
}

void FileNames::note_first_lines() {
    for (const Kept& kept : blocks_) first_lines_.push_back(kept.first_line);
}

void FileNames::lie_over(std::span<const Kept> blocks, std::span<const char> text, const Sheets& sheets) {
    blocks_.assign(blocks.begin(), blocks.end());
    text_ = Array<char>::over(text);
    sheets_ = &sheets;
    note_first_lines();
}

std::string_view FileNames::packed(const Kept& kept) const {
    if ((kept.position & outside) == 0) {
        const std::string_view here(text_.data() + kept.position, kept.size);
        if (sheets_ != nullptr) sheets_->check(here.data(), here.size());
        return here;
    }
    thread_local std::string fetched; // its memory serves the next call
    fetched.resize(kept.size);
    overflow_->get(kept.position & ~outside, fetched.data(), fetched.size());
    return fetched;
}

// The last block that begins on the line or before it. In steps without a branch that depends on what is found: it is
// asked for every clean row.
const FileNames::Kept* FileNames::block_of(std::uint32_t line) const {
    if (first_lines_.empty() || first_lines_.front() > line) return nullptr;
    const std::uint32_t* at = first_lines_.data();
    for (std::size_t count = first_lines_.size(); count > 1;) {
        const std::size_t half = count / 2;
        at += at[half] <= line ? half : 0;
        count -= half;
    }
    return &blocks_[static_cast<std::size_t>(at - first_lines_.data())];
}

const char* FileNames::prefetch_place(std::uint32_t line) const {
    const Kept* const kept = block_of(line);
    if (kept == nullptr || (kept->position & outside) != 0 || sheets_ != nullptr) return nullptr;
    const char* const place = name_place(text_.data() + kept->position, kept->first_line, line);
    if (place + sizeof(std::uint32_t) > text_.data() + kept->position + kept->size) return nullptr; // a line behind its last name
    __builtin_prefetch(text_.data() + kept->position); // find_name begins there
    __builtin_prefetch(place);
    return place;
}

std::string FileNames::find(std::uint32_t line) const {
    const Kept* const kept = block_of(line);
    return kept == nullptr ? std::string() : find_name(packed(*kept), line);
}

} // namespace callscrub::history
