#include "app/opened.h"
#include "app/guards.h"
#include "app/parallel.h"
#include "app/presets.h"
#include "app/unread_numbers.h"
#include "app/guess.h"
#include "base/text.h"
#include "facts/single_cell.h"
#include <algorithm>
#include <filesystem>

namespace callscrub::app {

using base::Exit;
using base::Failure;
using facts::Column;

facts::FileKind kind_of(Role role) {
    switch (role) {
    case Role::consents: return facts::FileKind::consents;
    case Role::relations: return facts::FileKind::relations;
    case Role::suppress: return facts::FileKind::suppress;
    case Role::registers: return facts::FileKind::registers;
    case Role::calls: return facts::FileKind::calls;
    default: return facts::FileKind::list;
    }
}

std::string_view word_of(Role role) {
    switch (role) {
    case Role::consents: return "consents";
    case Role::relations: return "relations";
    case Role::suppress: return "suppress";
    case Role::registers: return "register";
    case Role::calls: return "calls";
    case Role::list: return "list";
    case Role::any: break;
    }
    return "any";
}

void begin_phase(const Context& context, std::string_view name, const std::vector<const InputSpec*>& inputs) {
    if (!context.progress) return;
    std::uint64_t total = 0;
    for (const auto* input : inputs) {
        std::error_code error;
        const auto bytes = std::filesystem::file_size(input->path, error);
        if (error) { // a pipe: nobody knows what is to come
            total = 0;
            break;
        }
        total += bytes;
    }
    context.progress->phase(name, total);
}

Progress::Reading follow(const Context& context, const csv::Reader& reader) {
    if (!context.progress) return Progress::Reading(nullptr);
    return context.progress->reading([&reader] { return reader.consumed(); });
}

CellReader::CellReader(const Opened& opened)
    : opened_(opened), scratch_(facts::column_count), phone_cells_(opened.columns), joined_(!opened.columns.joins.empty()) {
    for (std::size_t i = 0; i < facts::column_count; ++i) {
        const auto column = static_cast<Column>(i);
        const auto constant = opened.spec->constants.find(std::string(facts::name(column)));
        if (constant != opened.spec->constants.end()) cells_[column] = constant->second;
        else if (opened.columns.has(column)) wanted_.emplace_back(column, static_cast<std::size_t>(opened.columns[column]));
    }
    if (opened.kind == facts::FileKind::list) return;
    names_countries_ = opened.columns.has(Column::country);
    if (cells_[Column::country].empty()) return;
    stated_country_ = code_of(cells_[Column::country]);
    cells_[Column::country] = stated_country_;
}

std::string CellReader::code_of(std::string_view country) const {
    const auto* law = opened_.rules->by_any_name(base::trim(country));
    return law ? law->region.text() : std::string(country);
}

void CellReader::name_country() {
    auto& cell = cells_[Column::country];
    if (!cell.empty()) cell = countries_.get(cell, [&](std::string_view country) { return code_of(country); });
}

const facts::Cells& CellReader::read(const csv::Record& record) {
    cells_.unreadable = 0;
    if (record.plain && record.fields.bare() && record.format->dialect.escape == 0) {
        const csv::Fields fields = record.fields;
        for (const auto& [column, at] : wanted_) cells_[column] = fields.text(at);
        if (names_countries_) name_country();
        if (joined_) with_phone(record, opened_.columns.phones.front());
        return cells_;
    }
    for (const auto& [column, at] : wanted_) {
        const auto cell = record.utf8(at, scratch_[static_cast<std::size_t>(column)]);
        cells_[column] = cell.value_or(std::string_view());
        if (!cell) cells_.unreadable |= std::uint64_t{1} << static_cast<unsigned>(column);
    }
    if (names_countries_) name_country();
    if (joined_) with_phone(record, opened_.columns.phones.front());
    return cells_;
}

const facts::Cells& CellReader::with_phone(const csv::Record& record, std::size_t column) {
    constexpr auto bit = std::uint64_t{1} << static_cast<unsigned>(Column::phone);
    const auto cell = phone_cells_.read(record, column);
    cells_[Column::phone] = cell.value_or(std::string_view());
    cells_.unreadable = cell ? cells_.unreadable & ~bit : cells_.unreadable | bit;
    return cells_;
}

namespace {

using Census = std::array<facts::DateCensus, facts::column_count>;

// Which date columns are neither stated nor constant.
std::vector<std::pair<Column, std::size_t>> open_dates(const Opened& opened) {
    std::vector<std::pair<Column, std::size_t>> out;
    for (const auto column : facts::columns_of(opened.kind)) {
        if (!facts::is_date(column) || !opened.columns.has(column)) continue;
        if (opened.spec->dates_of.contains(std::string(facts::name(column))) || !opened.spec->dates.empty()) continue;
        out.emplace_back(column, static_cast<std::size_t>(opened.columns[column]));
    }
    return out;
}

// A period may also hang on a contract; such cells are no dates.
bool is_contract_period(Column column, std::string_view cell) {
    return column == Column::valid_until && !cell.empty() && (cell[0] == 'c' || cell[0] == 'C');
}

// A list's row with a quote that is never closed is rejected like any other that can't be read; so is a row that the
// user gave up. Elsewhere it may hide a no.
csv::Unclosed unclosed_in(const InputSpec& spec) {
    return spec.role == Role::list || spec.allow_bad_rows != 0 ? csv::Unclosed::set_aside : csv::Unclosed::fail;
}

// All rows of the file, or those of its first block.
Census take_census(const Opened& opened, const csv::Stated& dialect, bool all) {
    const auto columns = open_dates(opened);
    csv::ReaderOptions options;
    options.digest = false;
    options.allow_empty = true;
    options.unclosed = unclosed_in(*opened.spec);
    const auto reader = csv::Reader::open(opened.spec->path, dialect, options);
    Census total;
    std::mutex mutex;
    const auto work = [&] {
        Census census;
        csv::Block block;
        csv::Records records(reader->format());
        std::string scratch;
        while (reader->next(block)) {
            records.reset(block);
            csv::Record record;
            while (records.next(record)) {
                if (record.damage != csv::Damage::none) continue;
                for (const auto& [column, at] : columns)
                    if (const auto cell = record.utf8(at, scratch); cell && !is_contract_period(column, *cell))
                        census[static_cast<std::size_t>(column)].add(*cell, record.line);
            }
            if (!all) break;
        }
        const std::lock_guard lock(mutex);
        for (std::size_t i = 0; i < census.size(); ++i) total[i].merge(census[i]);
    };
    on_threads(all ? 2 : 1, work);
    return total;
}

void decide_dates(const Context& context, Opened& out, const csv::Stated& dialect, Dates how) {
    const auto zone = context.zone(out.spec->time_zone);
    if (zone) out.zones.push_back(zone);
    const auto set = [&](Column column, facts::DateFormat format) {
        out.reading.dates[static_cast<std::size_t>(column)] = facts::DateReader(format, zone.get());
    };
    for (const auto column : facts::columns_of(out.kind)) {
        if (!facts::is_date(column)) continue;
        const auto own = out.spec->dates_of.find(std::string(facts::name(column)));
        if (own != out.spec->dates_of.end()) set(column, facts::date_format_of(own->second));
        else if (!out.spec->dates.empty()) set(column, facts::date_format_of(out.spec->dates));
        else set(column, facts::DateFormat::iso);
    }
    const auto open = open_dates(out);
    if (open.empty()) return;
    // What can be read once only is taken for ISO, and anything else in it is an unreadable row.
    if (!out.reader->source().regular) return;
    const auto undecided = [&](const Census& census) {
        for (const auto& [column, at] : open)
            if (census[static_cast<std::size_t>(column)].decide().format != facts::DateFormat::iso) return true;
        return false;
    };
    Census census = take_census(out, dialect, how == Dates::all_rows);
    out.dates_guessed = how == Dates::first_rows;
    if (out.dates_guessed && undecided(census)) {
        census = take_census(out, dialect, true);
        out.dates_guessed = false;
    }
    for (const auto& [column, at] : open) {
        const auto decision = census[static_cast<std::size_t>(column)].decide();
        if (!decision.format)
            throw Failure(Exit::input, {out.spec->path, decision.line, 0},
                          "column '" + out.reader->header().names[at] + "' (" + std::string(facts::name(column)) + "): " + decision.trouble);
        set(column, *decision.format);
    }
}

} // namespace

namespace {

// The presets of files without header whose rows look like this one.
std::vector<const Preset*> presets_of_row(Role role, std::span<const std::string> cells) {
    auto out = recognise_row(cells);
    std::erase_if(out, [&](const Preset* one) { return !one->use(role); });
    return out;
}

// The columns of the file; a preset's hint goes with what can't be found.
facts::ColumnMap columns_of(const Opened& out, const Preset* preset) {
    const auto& header = out.reader->header();
    const auto& spec = *out.spec;
    try {
        return facts::find_columns(out.kind, header.names, spec.columns, spec.constants, {spec.path, header.line, 0});
    } catch (const Failure& failure) {
        std::string more;
        if (const auto line = failure.code() == Exit::input ? later_header(spec) : 0)
            more = ". Line " + std::to_string(line) + " looks like the header: state skip = " + std::to_string(line - 1);
        if (const auto fits = preset ? std::vector<const Preset*>() : presets_of_row(spec.role, header.names); !fits.empty())
            more += ". The line looks like " + names_of(fits) + ": state instead " + (fits.size() > 1 ? "which one, for example " : "") +
                    "preset = \"" + fits.front()->name + "\"";
        const auto* use = preset ? preset->use(spec.role) : nullptr;
        if (use && !use->hint.empty()) more += ". Preset " + preset->name + ": " + use->hint;
        if (more.empty()) throw;
        const std::string place = failure.place().text();
        std::string what = failure.what();
        if (!place.empty() && what.starts_with(place + ": ")) what.erase(0, place.size() + 2);
        throw Failure(failure.code(), failure.place(), what + more);
    }
}

} // namespace

namespace {

// Whether the only cell of the first line may be a number rather than a name; not if it is stated as a name.
bool numbers_alone(const InputSpec& spec) {
    if (spec.role != Role::suppress && spec.role != Role::registers) return false;
    const auto stated = spec.columns.find("phone");
    return stated == spec.columns.end() || std::none_of(stated->second.begin(), stated->second.end(), facts::holds_number);
}

} // namespace

facts::Reading reading_of(const Context& context, const InputSpec& spec, std::uint16_t file) {
    facts::Reading out;
    out.kind = kind_of(spec.role);
    out.file = file;
    out.words = std::make_shared<const facts::Vocabulary>(out.kind, spec.values);
    out.region = spec.region.known() ? spec.region : context.region;
    out.end_is_first_inactive = context.rules.policy().word("end_date_means") == "first_day_inactive";
    if (spec.role == Role::registers) out.register_id = context.register_id(spec);
    return out;
}

Opened open_input(const Context& context, const InputSpec& stated, std::uint16_t file, Dates dates, bool digest) {
    Opened out;
    const auto preset = preset_of(stated);
    const auto merged = preset ? std::make_shared<InputSpec>(merge(stated, *preset)) : nullptr;
    const InputSpec& spec = merged ? *merged : stated;
    out.merged = merged;
    out.spec = &spec;
    out.kind = kind_of(spec.role);
    const auto& dialect = spec.dialect;
    csv::ReaderOptions options;
    options.digest = digest;
    if (context.job.limits.block != 0) options.block_bytes = static_cast<std::size_t>(context.job.limits.block);
    options.allow_empty = true;
    options.unclosed = unclosed_in(spec);
    // "One number per line" has no header.
    if (numbers_alone(spec)) options.is_value = facts::holds_number;
    out.reader = csv::Reader::open(spec.path, dialect, options);
    out.reading = reading_of(context, spec, file);
    out.rules = &context.rules;
    if (out.reader->empty()) {
        if (spec.allow_empty || spec.role == Role::calls) return out;
        refuse_empty(spec);
        throw Failure(Exit::input, {spec.path, 0, 0},
                      "this file is empty; a " + std::string(word_of(spec.role)) +
                          " file has at least a header line. If an empty file is right, state allow_empty = true");
    }
    if (merged) fit_columns(*merged, stated, out.reader->header().names);
    out.columns = columns_of(out, preset.get());
    out.columns.numbers = unread_numbers(context, out, dialect);
    refuse_unread_numbers(out);
    if (out.kind != facts::FileKind::list) decide_dates(context, out, dialect, dates);
    return out;
}

std::string damage_of(const csv::Record& record) {
    std::string out(says(record.damage));
    if (csv::looks_escaped(record))
        out += " (it holds \\\"; if that is how the file writes a quote in a cell, state escape = \"\\\\\")";
    return out;
}

} // namespace callscrub::app
