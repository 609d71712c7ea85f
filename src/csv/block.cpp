#include "csv/block.h"
#include <cstring>

namespace callscrub::csv {

Buffer::Buffer(std::size_t capacity)
    : data_(std::make_unique_for_overwrite<char[]>(capacity + slack)), capacity_(capacity) {
    std::memset(data_.get() + capacity, 0, slack);
}

std::shared_ptr<Buffer> BufferPool::take(std::size_t capacity) {
    constexpr std::size_t most_idle = 64;
    constexpr std::size_t step = std::size_t{64} << 10; // so that slightly different needs share buffers
    capacity = (capacity / step + 1) * step;
    std::unique_ptr<Buffer> found;
    {
        const std::lock_guard hold(shelf_->lock);
        auto& idle = shelf_->idle;
        while (!idle.empty() && !found) { // buffers that have become too small are let go
            found = std::move(idle.back());
            idle.pop_back();
            if (found->capacity() < capacity) found.reset();
        }
    }
    if (!found) found = std::make_unique<Buffer>(capacity);
    const auto put_back = [shelf = shelf_](Buffer* used) {
        std::unique_ptr<Buffer> owned(used);
        const std::lock_guard hold(shelf->lock);
        if (shelf->idle.size() < most_idle) shelf->idle.push_back(std::move(owned));
    };
    return {found.release(), put_back};
}

} // namespace callscrub::csv
