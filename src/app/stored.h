/// Values as JSON and back, field by field: what one step of a scrub in parts tells the next. Structured bindings name
/// every field of a struct, so that one that is added can't be forgotten: the compiler counts.
#pragma once
#include "base/brittle.h"
#include "base/text.h"
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

namespace callscrub::app::stored {

using Json = nlohmann::ordered_json;

/// Text, or hexadecimal digits of bytes that are no UTF-8.
Json written_text(const std::string& text);
/// Throws what nlohmann::json throws for JSON that is not of the form.
std::string read_text(const Json& json);

struct Writer;
struct Reader;

template <class T> struct is_map : std::false_type {};
template <class K, class V> struct is_map<std::map<K, V>> : std::true_type {};
template <class T> struct is_list : std::false_type {};
template <class T> struct is_list<std::vector<T>> : std::true_type {};
template <class T> struct is_list<std::set<T>> : std::true_type {};
template <class T> struct is_pair : std::false_type {};
template <class A, class B> struct is_pair<std::pair<A, B>> : std::true_type {};
template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> struct is_array : std::false_type {};
template <class T, std::size_t N> struct is_array<std::array<T, N>> : std::true_type {};

template <class T> Json written(const T& value);
template <class T> void read(const Json& json, T& value);

/// Takes the fields of a struct out: fields(writer, value).
struct Writer {
    Json json = Json::object();
    template <class T> void operator()(const char* name, const T& value) { json[name] = written(value); }
};
/// Puts them in.
struct Reader {
    const Json& json;
    template <class T> void operator()(const char* name, T& value) { read(json.at(name), value); }
};

template <class T> Json written(const T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
        return written_text(value);
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<std::int64_t>(value);
    } else if constexpr (std::is_arithmetic_v<T>) {
        if constexpr (std::is_same_v<T, char>) return static_cast<int>(static_cast<unsigned char>(value));
        else return value;
    } else if constexpr (is_optional<T>::value) {
        return value ? written(*value) : Json();
    } else if constexpr (is_pair<T>::value) {
        return Json::array({written(value.first), written(value.second)});
    } else if constexpr (is_map<T>::value || is_list<T>::value || is_array<T>::value) {
        Json out = Json::array();
        for (const auto& one : value) {
            if constexpr (is_map<T>::value) out.push_back(Json::array({written(one.first), written(one.second)}));
            else out.push_back(written(one));
        }
        return out;
    } else {
        Writer writer;
        auto copy = value; // one function names the fields for both ways
        fields(writer, copy);
        return std::move(writer.json);
    }
}

template <class T> void read(const Json& json, T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
        value = read_text(json);
    } else if constexpr (std::is_enum_v<T>) {
        value = static_cast<T>(json.get<std::int64_t>());
    } else if constexpr (std::is_arithmetic_v<T>) {
        if constexpr (std::is_same_v<T, char>) value = static_cast<char>(json.get<int>());
        else value = json.get<T>();
    } else if constexpr (is_optional<T>::value) {
        value.reset();
        if (!json.is_null()) read(json, value.emplace());
    } else if constexpr (is_pair<T>::value) {
        read(json.at(0), value.first);
        read(json.at(1), value.second);
    } else if constexpr (is_map<T>::value) {
        value.clear();
        for (const auto& one : json) {
            typename T::key_type key{};
            read(one.at(0), key);
            read(one.at(1), value[key]);
        }
    } else if constexpr (is_list<T>::value) {
        value.clear();
        for (const auto& one : json) {
            typename T::value_type element{};
            read(one, element);
            value.insert(value.end(), std::move(element));
        }
    } else if constexpr (is_array<T>::value) {
        for (std::size_t i = 0; i < value.size(); ++i) read(json.at(i), value[i]);
    } else {
        Reader reader{json};
        fields(reader, value);
    }
}

} // namespace callscrub::app::stored
