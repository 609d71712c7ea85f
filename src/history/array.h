/// Large arrays of plain values.
#pragma once
#include <cstddef>
#include <new>
#include <span>
#include <sys/mman.h>
#include <type_traits>
#include <utility>

namespace callscrub::history {

/// An array that may grow, all zero at first. Its memory comes from the system in one piece, which grows without being
/// copied; a large one is asked for in huge pages, since a look-up costs a cache miss and should not cost a walk through
/// page tables on top.
template <class T> class Array {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    Array() = default;
    /// std::bad_alloc if there is no such room.
    explicit Array(std::size_t size) { grow(size); }
    ~Array() {
        if (data_ != nullptr) munmap(data_, bytes());
    }
    Array(Array&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    Array& operator=(Array&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }

    /// To at least that size; what was there stays, and may move. std::bad_alloc.
    void grow(std::size_t size) {
        if (size <= size_) return;
        const std::size_t wanted = size * sizeof(T);
        void* const memory = data_ == nullptr
                                 ? mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                                 : mremap(data_, bytes(), wanted, MREMAP_MAYMOVE);
        if (memory == MAP_FAILED) throw std::bad_alloc();
        // A wish: nothing hangs on it. Of the whole piece, because one in two parts could not grow.
        constexpr std::size_t large = std::size_t{4} << 20;
        if (wanted >= large) madvise(memory, wanted, MADV_HUGEPAGE);
        data_ = static_cast<T*>(memory);
        size_ = size;
    }

    T* data() { return data_; }
    const T* data() const { return data_; }
    std::size_t size() const { return size_; }
    std::size_t bytes() const { return size_ * sizeof(T); }
    std::span<T> part(std::size_t from, std::size_t count) { return {data_ + from, count}; }

private:
    T* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace callscrub::history
