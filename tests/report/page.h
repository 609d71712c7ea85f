/// A strict reader of the HTML that the program writes: each element closed in order, each attribute quoted.
/// It is no browser; what a browser makes of the page is tested by browser_test.sh.
#pragma once
#include "base/text.h"
#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace callscrub::report::test {

class Page {
public:
    explicit Page(std::string source) : source_(std::move(source)) { read(source_); }
    const std::string& source() const { return source_; }
    std::size_t elements(const std::string& kind) const {
        return elements_.count(kind) ? elements_.at(kind) : 0;
    }
    const std::vector<std::pair<std::string, std::string>>& attributes() const { return attributes_; }
    const std::multiset<std::string>& ids() const { return ids_; }
    /// What aria-labelledby and links inside of the page point to.
    const std::set<std::string>& references() const { return references_; }
    std::size_t unnamed_pictures() const { return unnamed_; }

private:
    void read(std::string_view rest) {
        constexpr std::string_view doctype = "<!DOCTYPE html>\n";
        REQUIRE(rest.starts_with(doctype));
        rest.remove_prefix(doctype.size());
        std::vector<std::string> open;
        while (!rest.empty()) {
            const auto at = rest.find('<');
            const auto text = rest.substr(0, at);
            if (open.empty() || open.back() != "style") REQUIRE(text.find('>') == text.npos);
            if (at == rest.npos) break;
            rest.remove_prefix(at + 1);
            if (rest.starts_with("/")) {
                const auto end = rest.find('>');
                REQUIRE(end != rest.npos);
                REQUIRE_FALSE(open.empty());
                REQUIRE(open.back() == rest.substr(1, end - 1));
                open.pop_back();
                rest.remove_prefix(end + 1);
            } else {
                element(rest, open);
            }
        }
        REQUIRE(open.empty());
    }

    void element(std::string_view& rest, std::vector<std::string>& open) {
        const auto name_end = rest.find_first_of(" />");
        REQUIRE(name_end != rest.npos);
        const std::string kind(rest.substr(0, name_end));
        REQUIRE_FALSE(kind.empty());
        ++elements_[kind];
        rest.remove_prefix(name_end);
        std::map<std::string, std::string> own;
        while (rest.starts_with(' ')) {
            const auto equals = rest.find("=\"");
            REQUIRE(equals != rest.npos);
            const std::string key(rest.substr(1, equals - 1));
            REQUIRE(key.find_first_of(" <>\"'") == key.npos);
            const auto end = rest.find('"', equals + 2);
            REQUIRE(end != rest.npos);
            REQUIRE(own.emplace(key, rest.substr(equals + 2, end - equals - 2)).second);
            rest.remove_prefix(end + 1);
        }
        note(kind, own);
        const bool closed = rest.starts_with("/>");
        REQUIRE((closed || rest.starts_with(">")));
        rest.remove_prefix(closed ? 2 : 1);
        constexpr std::array empty_kinds = {"meta", "link", "br"};
        if (!closed && std::find(empty_kinds.begin(), empty_kinds.end(), kind) == empty_kinds.end())
            open.push_back(kind);
    }

    void note(const std::string& kind, const std::map<std::string, std::string>& own) {
        for (const auto& [key, value] : own) {
            attributes_.emplace_back(key, value);
            REQUIRE(value.find('<') == value.npos);
            if (key == "id") ids_.insert(value);
            if (key == "aria-labelledby")
                for (const auto part : base::split(value, ' ')) references_.emplace(part);
            if (key == "href" && value.starts_with("#")) references_.insert(value.substr(1));
        }
        const auto is = [&](const char* key, const char* value) {
            return own.count(key) && own.at(key) == value;
        };
        if (kind == "svg" && !is("aria-hidden", "true") &&
            !(is("role", "img") && own.count("aria-labelledby")))
            ++unnamed_;
    }

    std::string source_;
    std::map<std::string, std::size_t> elements_;
    std::vector<std::pair<std::string, std::string>> attributes_;
    std::multiset<std::string> ids_;
    std::set<std::string> references_;
    std::size_t unnamed_ = 0;
};

} // namespace callscrub::report::test
