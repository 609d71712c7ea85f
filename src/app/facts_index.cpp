#include "app/facts_index.h"
#include "app/mapped_file.h"
#include "app/part_fields.h"
#include "app/presets.h"
#include "app/setting.h"
#include "app/version.h"
#include "history/snapshot.h"
#include "report/digest.h"
#include <cstring>
#include <filesystem>

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

struct Description {
    std::string version, phone_metadata;
    std::vector<PartPack> packs;
    Settings settings;
    std::vector<IndexedFile> files;
};

/// The last 64 bytes of the file.
struct End {
    char magic[16];
    std::uint64_t directory, history_size, sums, description, description_size;
    std::uint64_t sum; ///< of all from `sums` on up to here
};
static_assert(sizeof(End) == 64);
constexpr std::string_view magic = "callscrub facts\n";
constexpr const char* no_facts = "is no file of facts; expected one that `callscrub index -o FILE` made";

} // namespace

namespace stored {

template <class Io> void fields(Io& io, FileMark& v) {
    auto& [size, inode, modified, changed] = v;
    io("size", size), io("inode", inode), io("modified", modified), io("changed", changed);
}

template <class Io> void fields(Io& io, BlockPlace& v) {
    auto& [line, offset] = v;
    io("line", line), io("offset", offset);
}

template <class Io> void fields(Io& io, GatheredFile& v) {
    auto& [spec, source, digest, dialect, encoding, understanding, tally, columns, headers, words, header_line, header, dates, kept,
           bad, facts, troubles, newest_ms, later, outcomes, blocks] = v;
    (void)spec, (void)words; // of the job in hand
    io("source", source), io("digest", digest), io("dialect", dialect), io("encoding", encoding);
    io("understanding", understanding), io("tally", tally), io("columns", columns), io("headers", headers);
    io("header_line", header_line), io("header", header), io("dates", dates), io("kept", kept), io("bad", bad);
    io("facts", facts), io("troubles", troubles), io("newest_ms", newest_ms), io("later", later);
    io("outcomes", outcomes), io("blocks", blocks);
}

template <class Io> void fields(Io& io, IndexedFile& v) {
    auto& [path, mark, settled, read] = v;
    io("path", path), io("mark", mark), io("settled", settled), io("read", read);
}

template <class Io> void fields(Io& io, Description& v) {
    auto& [version, phone_metadata, packs, settings, files] = v;
    io("version", version), io("phone_metadata", phone_metadata), io("packs", packs), io("settings", settings);
    io("files", files);
}

} // namespace stored

namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& what) { throw Failure(Exit::input, {path, 0, 0}, what); }

/// What the facts hang on, and what a job states besides that the user may take for it; neither lists and days, which
/// come anew each time, nor what is done with the outcome.
Settings settings_of_facts(const Context& context) {
    Job job = context.job;
    std::erase_if(job.inputs, [](const InputSpec& input) { return input.role == Role::list; });
    for (auto& input : job.inputs) {
        if (const auto preset = preset_of(input)) input = merge(input, *preset);
        input.max_age.reset();
        input.allow_shrink = false;
    }
    job.campaign.region = context.region;
    job.campaign.call_from = {};
    job.campaign.call_until = {};
    job.output = {};
    job.guard = {};
    job.hash_inputs = true;
    job.phone_engine = {};
    Settings out = settings_in_force(job);
    out.emplace_back("policy.base", context.rules.policy().base());
    for (const auto& [name, value] : context.rules.policy().values()) out.emplace_back("policy." + std::string(name), value);
    return out;
}

std::string again() { return "; make the file again with `callscrub index`"; }

void refuse_other(const std::string& path, std::string_view what, const std::string& then, const std::string& now) {
    if (then == now) return;
    const auto shown = [](const std::string& text) { return text.empty() ? std::string("not stated") : "'" + base::quoted(text) + "'"; };
    refuse(path, "these facts were gathered with another " + std::string(what) + ": then " + shown(then) + ", now " + shown(now) + again());
}

void refuse_other_settings(const std::string& path, const Settings& then, const Settings& now) {
    const std::map<std::string, std::string> old(then.begin(), then.end()), fresh(now.begin(), now.end());
    const auto value = [](const auto& all, const std::string& key) {
        const auto found = all.find(key);
        return found == all.end() ? std::string() : found->second;
    };
    for (const auto& all : {old, fresh})
        for (const auto& [key, unused] : all) refuse_other(path, "setting " + key, value(old, key), value(fresh, key));
}

void refuse_other_packs(const std::string& path, const std::vector<PartPack>& then, const std::vector<PartPack>& now) {
    for (std::size_t i = 0; i < std::max(then.size(), now.size()); ++i)
        if (i >= then.size() || i >= now.size() || then[i].id != now[i].id || then[i].sha256 != now[i].sha256)
            refuse(path, "these facts were gathered under other rules: the pack " + base::quoted((i < now.size() ? now : then)[i].id) + " differs" + again());
}

void refuse_changed(const std::string& path, const IndexedFile& file) {
    const auto mark = mark_of(file.path);
    const std::string start = "the input " + base::quoted(file.path, 200) + " ";
    if (!mark) refuse(path, start + "is no longer there, so nobody knows whether these facts still hold" + again());
    if (file.settled && *mark == file.mark) return;
    if (mark->size != file.mark.size || report::sha256_file(std::filesystem::canonical(file.path)).sha256 != file.read.digest.sha256)
        refuse(path, start + "has changed since these facts were gathered, and a no may be among what is new" + again());
}

/// The end of the file, if it and all that is no history are sound.
End end_of(const std::string& path, std::string_view bytes) {
    End out{};
    if (bytes.size() < sizeof out) refuse(path, no_facts);
    std::memcpy(&out, bytes.data() + bytes.size() - sizeof out, sizeof out);
    if (std::string_view(out.magic, sizeof out.magic) != magic) refuse(path, no_facts);
    const std::size_t last = bytes.size() - sizeof out;
    const bool inside = out.history_size <= out.sums && out.sums <= out.description && out.description <= last && out.description_size <= last - out.description;
    if (!inside || history::sheet_sum(bytes.substr(out.sums, bytes.size() - 8 - out.sums), 0) != out.sum)
        refuse(path, "the description of these facts is damaged" + again());
    return out;
}

Description description_of(const std::string& path, std::string_view text) {
    Description out;
    try {
        const auto json = stored::Json::parse(text);
        refuse_other(path, "version of callscrub", json.at("version").get<std::string>(), std::string(version()));
        stored::read(json, out);
    } catch (const Failure&) {
        throw;
    } catch (const std::exception&) {
        refuse(path, "the description of these facts can't be read" + again());
    }
    return out;
}

void refuse_outdated(const Context& context, const Description& was) {
    const auto& path = context.job.index;
    refuse_other(path, "version of the numbers' metadata", was.phone_metadata, facts::phone_metadata_version());
    refuse_other_packs(path, was.packs, part_packs(context.packs));
    refuse_other_settings(path, was.settings, settings_of_facts(context));
    const auto inputs = in_reading_order(context.job);
    for (std::size_t i = 0; i < std::max(inputs.size(), was.files.size()); ++i)
        refuse_other(path, "input", i < was.files.size() ? was.files[i].path : "", i < inputs.size() ? inputs[i]->path : "");
    for (const auto& file : was.files) refuse_changed(path, file);
}

} // namespace

void demand_files(const Job& job) {
    for (const auto* input : in_reading_order(job))
        if (!mark_of(input->path) && (input->path == "-" || std::filesystem::exists(input->path)))
            throw Failure(Exit::usage, {input->path, 0, 0}, "is no regular file and can't be known again; facts can be kept only of files");
}

void write_index(const Context& context, const Gathered& gathered, report::OutputFile& out) {
    Description description{std::string(version()), facts::phone_metadata_version(), part_packs(context.packs), settings_of_facts(context), {}};
    for (const auto& file : gathered.files) {
        auto& one = description.files.emplace_back();
        one.path = file.spec->path;
        one.read = file;
        const auto mark = mark_of(one.path);
        if (!mark || mark->size != file.source.size || mark->modified != file.source.modified)
            refuse(one.path, "has changed since it was read; try again when nobody writes to it");
        one.mark = *mark;
        // A change within the clock's step of the mark would not show in it.
        constexpr std::int64_t step_ms = 2'000;
        one.settled = std::max(mark->modified, mark->changed) / 1'000'000 < context.now_ms - step_ms;
    }
    history::SnapshotWriter history([&](std::string_view bytes) { out.write(bytes); });
    End end{};
    end.directory = save(*gathered.history, history);
    history.finish();
    end.history_size = history.size();
    std::string rest((8 - history.size() % 8) % 8, '\0');
    end.sums = history.size() + rest.size();
    const std::size_t begin = rest.size();
    rest.append(reinterpret_cast<const char*>(history.sums().data()), history.sums().size() * 8);
    end.description = history.size() + rest.size();
    const std::string text = stored::written(description).dump();
    end.description_size = text.size();
    rest += text;
    std::memcpy(end.magic, magic.data(), magic.size());
    rest.append(reinterpret_cast<const char*>(&end), sizeof end - 8);
    const std::uint64_t sum = history::sheet_sum(std::string_view(rest).substr(begin), 0);
    rest.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    out.write(rest);
}

Gathered read_index(const Context& context) {
    const auto& path = context.job.index;
    const auto mapped = std::make_shared<const MappedFile>(path, " expected a file of facts that `callscrub index -o FILE` made");
    const auto bytes = mapped->bytes();
    const End end = end_of(path, bytes);
    Description description = description_of(path, bytes.substr(end.description, end.description_size));
    refuse_outdated(context, description);
    std::vector<std::uint64_t> sums((end.description - end.sums) / 8);
    std::memcpy(sums.data(), bytes.data() + end.sums, sums.size() * 8);
    Gathered out;
    out.mapped = mapped;
    out.history = history::over(std::make_shared<const history::Sheets>(path, bytes.substr(0, end.history_size), std::move(sums)), end.directory);
    const auto inputs = in_reading_order(context.job);
    for (std::size_t i = 0; i < description.files.size(); ++i) {
        out.files.push_back(std::move(description.files[i].read));
        out.files.back().spec = inputs[i];
    }
    return out;
}

} // namespace callscrub::app
