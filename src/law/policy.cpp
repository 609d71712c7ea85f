#include "law/policy.h"
#include "base/text.h"
#include <algorithm>
#include <cassert>

namespace callscrub::law {

using base::Exit;
using base::Failure;

const std::vector<Switch>& general_switches() {
    static const std::vector<Switch> switches = {
        {"term_boundary", {"inclusive", "exclusive"}, "inclusive", "exclusive", 0, 0,
         "Whether the anniversary of the contract's end still belongs to a term after it.",
         "No source fixes it; inclusive follows Regulation 1182/71 art. 3.", 70},
        {"end_date_means", {"last_day_active", "first_day_inactive"}, "last_day_active", "last_day_active", 0, 0,
         "What the end day of a relation is in the export.", "A property of the export, not of the law.", 100},
        {"evidence", {"required", "optional"}, "required", "required", 0, 0,
         "Whether a consent without a reference to its proof counts.", "GDPR art. 7(1): the controller shows consent.", 100},
        {"unscoped_consent", {"accept", "reject"}, "accept", "reject", 0, 0,
         "Whether a consent that names no product counts.", "Consent must be specific; how specific is disputed.", 60},
        {"consent_without_period_months", {}, "0", "24", 0, 1200,
         "Months after which a consent without a stated period no longer counts; 0 = no limit.",
         "The Dutch memorandum speaks of consent for a period, the statute does not.", 55},
        {"b2b_presumed", {"off", "on"}, "off", "off", 0, 0,
         "Whether a running relation with a business counts as its presumed consent, where the law knows one.",
         "Case by case (BVerwG 6 C 3.23).", 50},
        {"request_max_age_days", {}, "30", "30", 0, 3650,
         "Days after which a request to be called is too old.", "No rule found; a request is for a near call.", 60},
        {"on_lapse", {"reject", "trim"}, "reject", "reject", 0, 0,
         "What happens to a row that is callable on the first day of the window but not on every day.",
         "A choice of the campaign.", 100},
    };
    return switches;
}

namespace {

void check_value(const Switch& declared, const Setting& setting) {
    if (!declared.words.empty()) {
        if (std::find(declared.words.begin(), declared.words.end(), setting.value) != declared.words.end()) return;
        std::vector<std::string_view> known(declared.words.begin(), declared.words.end());
        std::string list;
        for (const auto word : known) list += (list.empty() ? "" : ", ") + std::string(word);
        throw Failure(Exit::usage, setting.place,
                      "policy switch '" + setting.name + "' is '" + base::quoted(setting.value) + "'; expected one of " +
                          list + base::did_you_mean(setting.value, known));
    }
    const bool digits = !setting.value.empty() && setting.value.size() < 10 &&
                        setting.value.find_first_not_of("0123456789") == std::string::npos;
    if (digits && std::stoll(setting.value) >= declared.least && std::stoll(setting.value) <= declared.most) return;
    throw Failure(Exit::usage, setting.place,
                  "policy switch '" + setting.name + "' is '" + base::quoted(setting.value) + "'; expected a whole number from " +
                      std::to_string(declared.least) + " to " + std::to_string(declared.most));
}

} // namespace

Policy::Policy(const std::vector<Switch>& declared, std::string_view base_name, const std::vector<Setting>& settings)
    : base_(base_name) {
    if (base_ != "standard" && base_ != "strict")
        throw Failure(Exit::usage, "policy '" + base::quoted(base_) + "' is unknown; expected standard or strict");
    std::vector<std::string_view> names;
    for (const auto& one : declared) {
        names.push_back(one.name);
        values_[one.name] = base_ == "strict" ? one.strict : one.standard;
    }
    for (const auto& setting : settings) {
        const auto found = std::find_if(declared.begin(), declared.end(), [&](const Switch& s) { return s.name == setting.name; });
        if (found == declared.end())
            throw Failure(Exit::usage, setting.place,
                          "unknown policy switch '" + base::quoted(setting.name) + "'" + base::did_you_mean(setting.name, names));
        check_value(*found, setting);
        values_[setting.name] = setting.value;
    }
}

const std::string& Policy::word(std::string_view name) const {
    const auto it = values_.find(name);
    assert(it != values_.end());
    return it->second;
}

std::int64_t Policy::number(std::string_view name) const { return std::stoll(word(name)); }

} // namespace callscrub::law
