/// Large arrays of plain values.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <sys/mman.h>
#include <type_traits>
#include <utility>

namespace callscrub::history {

/// An array, all zero at first. Its memory comes from the system in one piece. One that is made in its final size begins
/// at a huge page and is asked for in whole huge pages (1 MiB and more), since a look-up costs a cache miss and should not cost a walk through
/// page tables on top. One that grows is moved without being copied, so its place is what the system gives.
template <class T> class Array {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    Array() = default;
    /// std::bad_alloc if there is no such room.
    explicit Array(std::size_t size) {
        if (size * sizeof(T) < large) {
            grow(size);
            return;
        }
        held_ = (size * sizeof(T) + huge_page - 1) / huge_page * huge_page;
        auto* const piece = static_cast<char*>(mapped(held_ + huge_page));
        char* const begin = piece + (huge_page - reinterpret_cast<std::uintptr_t>(piece) % huge_page) % huge_page;
        char* const end = begin + held_;
        if (begin != piece) munmap(piece, static_cast<std::size_t>(begin - piece));
        if (end != piece + held_ + huge_page) munmap(end, static_cast<std::size_t>(piece + held_ + huge_page - end));
        madvise(begin, held_, MADV_HUGEPAGE); // a wish: nothing hangs on it
        data_ = reinterpret_cast<T*>(begin);
        size_ = size;
    }
    /// One that is read where it lies, and belongs to somebody else who lives longer.
    static Array over(std::span<const T> things) {
        Array out;
        out.data_ = const_cast<T*>(things.data());
        out.size_ = things.size();
        return out;
    }
    ~Array() {
        if (held_ != 0) munmap(data_, held_);
    }
    Array(Array&& other) noexcept { *this = std::move(other); }
    Array& operator=(Array&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(ready_, other.ready_);
        std::swap(held_, other.held_);
        return *this;
    }

    /// To at least that size; what was there stays, and may move. std::bad_alloc.
    void grow(std::size_t size) {
        if (size <= size_) return;
        const std::size_t wanted = size * sizeof(T);
        void* const memory = data_ == nullptr ? mapped(wanted) : moved(wanted);
        if (memory == MAP_FAILED) throw std::bad_alloc();
        data_ = static_cast<T*>(memory);
        size_ = size;
        held_ = wanted;
    }
    /// The first `count` elements will be written soon: their pages come many at a time, which costs less than one by
    /// one when they are met.
    void expect(std::size_t count) {
        constexpr std::size_t step = std::size_t{64} << 10, least = std::size_t{512} << 10;
        if (count * sizeof(T) <= ready_ || bytes() < least) return;
        const std::size_t from = ready_, to = std::min((count * sizeof(T) / step + 1) * step, bytes() / page * page);
        if (to <= from) return;
        madvise(reinterpret_cast<char*>(data_) + from, to - from, MADV_POPULATE_WRITE); // a wish as well
        ready_ = to;
    }

    T* data() { return data_; }
    const T* data() const { return data_; }
    std::size_t size() const { return size_; }
    std::size_t bytes() const { return size_ * sizeof(T); }
    std::span<T> part(std::size_t from, std::size_t count) { return {data_ + from, count}; }

private:
    T* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t ready_ = 0; ///< bytes whose pages are there
    std::size_t held_ = 0;  ///< bytes that are ours; 0 = it belongs to somebody else

    static constexpr std::size_t page = 4096, huge_page = std::size_t{2} << 20, large = std::size_t{1} << 20;
    void* moved(std::size_t wanted) {
#ifdef __SANITIZE_THREAD__ // it does not see mremap, and takes what lay at the new place before for the same memory
        void* const memory = mapped(wanted);
        std::memcpy(memory, data_, bytes());
        munmap(data_, held_);
        return memory;
#else
        return mremap(data_, held_, wanted, MREMAP_MAYMOVE);
#endif
    }
    static void* mapped(std::size_t bytes) {
        void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw std::bad_alloc();
        return memory;
    }
};

} // namespace callscrub::history
