/// Work that does not survive memory running out.
#pragma once
#include <exception>
#include <new>

namespace callscrub::base {

/// While it lives, memory that operator new can't get ends the program by std::terminate, which cleans up and ends with 8
/// (report/signals.h), and not by an exception. For JSON trees: nlohmann's destructors ask for memory, and an object
/// whose map could not be made is taken down as if it was there. Concerns all threads; to be made by one at a time.
class Brittle {
public:
    Brittle() : before_(std::set_new_handler([] { std::terminate(); })) {}
    ~Brittle() { std::set_new_handler(before_); }
    Brittle(const Brittle&) = delete;
    Brittle& operator=(const Brittle&) = delete;

private:
    std::new_handler before_;
};

} // namespace callscrub::base
