#include "facts/products.h"
#include "base/text.h"
#include <algorithm>

namespace callscrub::facts {

ProductId Products::product_locked(std::string_view name) {
    std::string folded = base::fold(name);
    if (folded.empty()) return 0;
    const auto [it, added] = ids_.try_emplace(std::move(folded), static_cast<ProductId>(names_.size()));
    if (added) names_.push_back(it->first);
    return it->second;
}

ProductId Products::product(std::string_view name) {
    const std::lock_guard lock(mutex_);
    return product_locked(name);
}

ProductSetId Products::set(std::string_view names) {
    const std::lock_guard lock(mutex_);
    std::vector<ProductId> members;
    for (const auto name : base::split(names, '|'))
        if (const auto id = product_locked(name)) members.push_back(id);
    if (members.empty()) return 0;
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    const auto [it, added] = set_ids_.try_emplace(members, static_cast<ProductSetId>(sets_.size()));
    if (added) sets_.push_back(std::move(members));
    return it->second;
}

bool Products::contains(ProductSetId set, ProductId product) const {
    const auto& members = sets_[set];
    return product != 0 && std::find(members.begin(), members.end(), product) != members.end();
}

std::string_view Products::name(ProductId product) const {
    const std::lock_guard lock(mutex_);
    return names_[product];
}

} // namespace callscrub::facts
