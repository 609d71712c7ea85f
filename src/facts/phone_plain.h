/// The usual shapes of numbers under plans whose prefixes are plain: what phone_table_plan.cpp and resolve() find step by
/// step, in one go. Internal to the room.
#pragma once
#include "facts/phone_plan.h"
#include "facts/phone_starts.h"

namespace callscrub::facts {

/// Immutable, shared by all threads. All functions return false where the long way must be asked; else `reading` is what
/// resolve() would give, valid or not. `digits`: at least seven.
class PlainReader {
public:
    bool resolve(bool international, std::string_view digits, const tables::Plan* home, PlanReading& reading) const {
        if (international) return abroad(digits, reading);
        return home != nullptr && national(*home, digits, reading);
    }

private:
    bool abroad(std::string_view digits, PlanReading& reading) const;
    bool national(const tables::Plan& plan, std::string_view digits, PlanReading& reading) const;
    bool own_code(const tables::Plan& plan, const Start& start, std::string_view digits, PlanReading& reading) const;

    const Starts& starts_ = Starts::all();
};

} // namespace callscrub::facts
