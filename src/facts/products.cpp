#include "facts/products.h"
#include "base/text.h"
#include <algorithm>
#include <cstring>

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

namespace {

void put(std::string& out, std::uint32_t number) { out.append(reinterpret_cast<const char*>(&number), sizeof number); }

bool take(std::string_view& bytes, std::uint32_t& number) {
    if (bytes.size() < sizeof number) return false;
    std::memcpy(&number, bytes.data(), sizeof number);
    bytes.remove_prefix(sizeof number);
    return true;
}

} // namespace

std::string Products::packed(std::vector<ProductSetId>& fresh) const {
    const std::lock_guard lock(mutex_);
    std::vector<ProductId> products(names_.size(), 0);
    std::string out;
    put(out, static_cast<std::uint32_t>(names_.size()));
    put(out, 0); // the empty name
    ProductId next = 1;
    for (const auto& [name, id] : ids_) {
        products[id] = next++;
        put(out, static_cast<std::uint32_t>(name.size()));
        out += name;
    }
    std::map<std::vector<ProductId>, ProductSetId> sets;
    for (ProductSetId id = 0; id < sets_.size(); ++id) {
        std::vector<ProductId> members;
        for (const auto product : sets_[id]) members.push_back(products[product]);
        std::sort(members.begin(), members.end());
        sets.emplace(std::move(members), id);
    }
    fresh.assign(sets_.size(), 0);
    put(out, static_cast<std::uint32_t>(sets.size()));
    ProductSetId number = 0;
    for (const auto& [members, id] : sets) {
        fresh[id] = number++; // the empty one is first
        put(out, static_cast<std::uint32_t>(members.size()));
        for (const auto product : members) put(out, product);
    }
    return out;
}

bool Products::unpack(std::string_view bytes) {
    std::uint32_t count = 0, size = 0, id = 0;
    if (!take(bytes, count)) return false;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (!take(bytes, size) || size > bytes.size()) return false;
        if (product(bytes.substr(0, size)) != i) return false;
        bytes.remove_prefix(size);
    }
    if (!take(bytes, count)) return false;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (!take(bytes, size)) return false;
        std::vector<ProductId> members;
        for (std::uint32_t m = 0; m < size; ++m) {
            if (!take(bytes, id) || id >= names_.size()) return false;
            members.push_back(id);
        }
        if (i == 0) continue; // the empty set is there
        set_ids_.emplace(members, i);
        sets_.push_back(std::move(members));
    }
    return bytes.empty();
}

} // namespace callscrub::facts
