/// The fields of everything that a plan or a result of a part stores.
#pragma once
#include "app/part_plan.h"
#include "app/stored.h"

namespace callscrub::app::stored {

template <class Io> void fields(Io& io, base::Place& v) {
    auto& [file, line, column] = v;
    io("file", file), io("line", line), io("column", column);
}

template <class Io> void fields(Io& io, facts::Region& v) {
    auto& [letters] = v;
    io("letters", letters);
}

template <class Io> void fields(Io& io, csv::Stated& v) {
    auto& [delimiter, quote, escape, encoding, no_header, skip] = v;
    io("delimiter", delimiter), io("quote", quote), io("escape", escape), io("encoding", encoding);
    io("no_header", no_header), io("skip", skip);
}

template <class Io> void fields(Io& io, InputSpec& v) {
    auto& [role, path, place, name, preset, columns, constants, unread, dates, dates_of, values, dialect, time_zone, region,
           max_age, age_from, allow_bad_rows, allow_empty, allow_shrink] = v;
    io("role", role), io("path", path), io("place", place), io("name", name), io("preset", preset);
    io("columns", columns), io("constants", constants), io("unread", unread), io("dates", dates), io("dates_of", dates_of);
    io("values", values), io("dialect", dialect), io("time_zone", time_zone), io("region", region);
    io("max_age", max_age), io("age_from", age_from), io("allow_bad_rows", allow_bad_rows);
    io("allow_empty", allow_empty), io("allow_shrink", allow_shrink);
}

template <class Io> void fields(Io& io, DaySpec& v) {
    auto& [kind, day, days] = v;
    io("kind", kind), io("day", day), io("days", days);
}

template <class Io> void fields(Io& io, CampaignSpec& v) {
    auto& [entity, caller_type, purpose, purpose_word, dialing, caller_id_shown, product, similar, jurisdiction, region,
           call_from, call_until] = v;
    io("entity", entity), io("caller_type", caller_type), io("purpose", purpose), io("purpose_word", purpose_word);
    io("dialing", dialing), io("caller_id_shown", caller_id_shown), io("product", product), io("similar", similar);
    io("jurisdiction", jurisdiction), io("region", region), io("call_from", call_from), io("call_until", call_until);
}

template <class Io> void fields(Io& io, law::Setting& v) {
    auto& [name, value, place] = v;
    io("name", name), io("value", value), io("place", place);
}

template <class Io> void fields(Io& io, PolicySpec& v) {
    auto& [base, switches] = v;
    io("base", base), io("switches", switches);
}

template <class Io> void fields(Io& io, OutputSpec& v) {
    auto& [dir, clean, rejected, replace, annotate, lang, renew_within, ledger] = v;
    io("dir", dir), io("clean", clean), io("rejected", rejected), io("replace", replace), io("annotate", annotate);
    io("lang", lang), io("renew_within", renew_within), io("ledger", ledger);
}

template <class Io> void fields(Io& io, GuardSpec& v) {
    auto& [max_reject_rate, min_match_rate, min_rows, max_rows_drop, max_clean_rise] = v;
    io("max_reject_rate", max_reject_rate), io("min_match_rate", min_match_rate), io("min_rows", min_rows);
    io("max_rows_drop", max_rows_drop), io("max_clean_rise", max_clean_rise);
}

/// What of a job decides its outcome. Every other field belongs to the command in hand.
template <class Io> void fields(Io& io, Job& v) {
    io("inputs", v.inputs), io("campaign", v.campaign), io("policy", v.policy), io("output", v.output);
    io("replaced", v.replaced), io("kept_switches", v.kept_switches);
    io("guard", v.guard), io("hash_inputs", v.hash_inputs), io("rules_dir", v.rules_dir);
    io("phone_engine", v.phone_engine);
}

template <class Io> void fields(Io& io, csv::Dialect& v) {
    auto& [delimiter, quote, escape, header, skip_lines] = v;
    io("delimiter", delimiter), io("quote", quote), io("escape", escape), io("header", header);
    io("skip_lines", skip_lines);
}

template <class Io> void fields(Io& io, csv::Format& v) {
    auto& [dialect, columns, record_limit] = v;
    io("dialect", dialect), io("columns", columns), io("record_limit", record_limit);
}

template <class Io> void fields(Io& io, csv::Header& v) {
    auto& [present, names, raw, line, empty, duplicate] = v;
    io("present", present), io("names", names), io("raw", raw), io("line", line), io("empty", empty);
    io("duplicate", duplicate);
}

template <class Io> void fields(Io& io, csv::Understanding& v) {
    auto& [bom, separator_line, delimiter_stated, encoding_stated] = v;
    io("bom", bom), io("separator_line", separator_line), io("delimiter_stated", delimiter_stated);
    io("encoding_stated", encoding_stated);
}

template <class Io> void fields(Io& io, csv::Known& v) {
    auto& [format, header, understanding, encoding, empty] = v;
    io("format", format), io("header", header), io("understanding", understanding), io("encoding", encoding);
    io("empty", empty);
}

template <class Io> void fields(Io& io, csv::SourceFacts& v) {
    auto& [name, compression, regular, size, modified] = v;
    io("name", name), io("compression", compression), io("regular", regular), io("size", size);
    io("modified", modified);
}

template <class Io> void fields(Io& io, csv::Digest& v) {
    auto& [sha256, bytes] = v;
    io("sha256", sha256), io("bytes", bytes);
}

template <class Io> void fields(Io& io, csv::Tally& v) {
    auto& [records, damaged, blank, crlf, lf] = v;
    io("records", records), io("damaged", damaged), io("blank", blank), io("crlf", crlf), io("lf", lf);
}

template <class Io> void fields(Io& io, facts::PhoneJoin& v) {
    auto& [at, before, plus] = v;
    io("at", at), io("before", before), io("plus", plus);
}

template <class Io> void fields(Io& io, facts::Nameless& v) {
    auto& [header, setting] = v;
    io("header", header), io("setting", setting);
}

template <class Io> void fields(Io& io, facts::ColumnMap& v) {
    auto& [at, phones, joins, unused, numbers, remarks, nameless] = v;
    io("at", at), io("phones", phones), io("joins", joins), io("unused", unused), io("numbers", numbers);
    io("remarks", remarks), io("nameless", nameless);
}

template <class Io> void fields(Io& io, RowTrouble& v) {
    auto& [place, text] = v;
    io("place", place), io("text", text);
}

template <class Io> void fields(Io& io, StrangeRows& v) {
    auto& [rows, line] = v;
    io("rows", rows), io("line", line);
}

template <class Io> void fields(Io& io, PartInput& v) {
    auto& [of, merged, known, source, digest, tally, columns, dates, encoding_line, damaged, troubles] = v;
    io("of", of), io("merged", merged), io("known", known), io("source", source), io("digest", digest);
    io("tally", tally), io("columns", columns), io("dates", dates), io("encoding_line", encoding_line);
    io("damaged", damaged), io("troubles", troubles);
}

template <class Io> void fields(Io& io, PartPack& v) {
    auto& [id, sha256] = v;
    io("id", id), io("sha256", sha256);
}

template <class Io> void fields(Io& io, report::FileRecord& v) {
    auto& [name, size, sha256] = v;
    io("name", name), io("size", size), io("sha256", sha256);
}

template <class Io> void fields(Io& io, PartPlan& v) {
    io("version", v.version), io("phone_metadata", v.phone_metadata), io("packs", v.packs), io("parts", v.parts);
    io("now_ms", v.now_ms), io("job", v.job), io("inputs", v.inputs), io("files", v.files);
}

} // namespace callscrub::app::stored
