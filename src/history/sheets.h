/// Bytes of a file that is mapped, in sheets of 64 KiB. Each sheet is checked before it is read for the first time, so
/// that a damaged file is found out, and a question that needs few sheets waits for no others.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::history {

inline constexpr std::size_t sheet_bytes = std::size_t{64} << 10;

/// Of a sheet's bytes and its number, which keeps sheets from changing places. Eight words are mixed side by side; it
/// finds damage, not deceit: whoever can write the file can write its sums.
std::uint64_t sheet_sum(std::string_view bytes, std::uint64_t number);

class Sheets {
public:
    /// `name`: of the file, for messages. `bytes` live longer than this; `sums`: one for each sheet.
    /// Failure (input) if there are not as many sums as sheets.
    Sheets(std::string name, std::string_view bytes, std::vector<std::uint64_t> sums);

    /// So many things from that position on, not checked yet. Failure (input) if they are not all inside.
    template <class T> std::span<const T> things(std::uint64_t position, std::uint64_t count) const {
        demand(position % alignof(T) == 0 && position <= bytes_.size() && count <= (bytes_.size() - position) / sizeof(T));
        return {reinterpret_cast<const T*>(bytes_.data() + position), count};
    }
    /// Checks the sheets that these bytes lie on, once each. Thread-safe. Failure (input) if one is damaged.
    void check(const void* begin, std::size_t size) const {
        if (size == 0) return;
        const auto at = static_cast<std::size_t>(static_cast<const char*>(begin) - bytes_.data());
        for (std::size_t sheet = at / sheet_bytes; sheet <= (at + size - 1) / sheet_bytes; ++sheet)
            if (!sound_[sheet].load(std::memory_order_acquire)) check_sheet(sheet);
    }
    template <class T> std::span<const T> checked(std::uint64_t position, std::uint64_t count) const {
        const auto out = things<T>(position, count);
        check(out.data(), out.size_bytes());
        return out;
    }

private:
    void check_sheet(std::size_t sheet) const;
    void demand(bool sound) const;

    std::string name_;
    std::string_view bytes_;
    std::vector<std::uint64_t> sums_;
    mutable std::vector<std::atomic<bool>> sound_;
};

} // namespace callscrub::history
