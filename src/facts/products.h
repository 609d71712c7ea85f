/// Product names and sets of them as small integers. Names may be added at any time, by any thread; sets only while
/// facts are read.
#pragma once
#include "facts/facts.h"
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace callscrub::facts {

class Products {
public:
    /// The id of one name; 0 for an empty one. Names compare folded.
    ProductId product(std::string_view name);
    /// The id of a `|`-separated set of names; 0 for an empty one. Equal sets have equal ids.
    ProductSetId set(std::string_view names);
    /// Whether the set holds the product. Not to be called while facts are still read.
    bool contains(ProductSetId set, ProductId product) const;
    /// Folded name of a product; "" for 0. Lives as long as this object.
    std::string_view name(ProductId product) const;

    /// All names and sets as bytes, numbered anew in an order that hangs on nothing but themselves. `fresh`: the id
    /// there of each set.
    std::string packed(std::vector<ProductSetId>& fresh) const;
    /// Back into an empty object, with the ids of the bytes. False if they are none of these.
    bool unpack(std::string_view bytes);

private:
    ProductId product_locked(std::string_view name);

    mutable std::mutex mutex_;
    std::map<std::string, ProductId, std::less<>> ids_;
    std::vector<std::string_view> names_{""};
    std::map<std::vector<ProductId>, ProductSetId> set_ids_;
    std::vector<std::vector<ProductId>> sets_{{}};
};

} // namespace callscrub::facts
