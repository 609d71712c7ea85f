#include "app/scrub.h"
#include "app/parallel.h"
#include "app/rendered.h"

namespace callscrub::app {

using base::Exit;
using base::Failure;

namespace {

// The header of an output: the list's own bytes with `added` behind the last line.
std::string header_with(const Opened& list, const report::RowStyle& style, const std::string& added) {
    const auto& raw = list.reader->header().raw;
    std::size_t body = raw.size();
    while (body > 0 && (raw[body - 1] == '\n' || raw[body - 1] == '\r')) --body;
    return raw.substr(0, body) + added + (body < raw.size() ? raw.substr(body) : style.line_end);
}

// A report names its columns even where the list does not.
std::string made_up_header(const Opened& list, const report::RowStyle& style, const std::string& added) {
    std::string out;
    for (const auto& name : list.reader->header().names) out += (out.empty() ? "column_" : style.delimiter + std::string("column_")) + name;
    return out + added + style.line_end;
}

} // namespace

report::RowStyle style_of(const Context& context, const Opened& list) {
    report::RowStyle out;
    const auto& dialect = list.reader->dialect();
    out.delimiter = dialect.delimiter;
    out.quote = dialect.quote;
    if (list.reader->header().raw.ends_with("\r\n")) out.line_end = "\r\n";
    out.columns = list.reader->header().names.size();
    out.languages.clear();
    for (const auto& language : context.job.output.lang) out.languages.push_back(report::language_of(language));
    if (out.languages.empty()) out.languages = {report::Language::en};
    return out;
}

namespace {

// Buffers that have grown to the size of a block's rows, for the next block: fresh memory costs more than filling it.
class SparePieces {
public:
    Pieces take() {
        const std::lock_guard lock(mutex_);
        if (pieces_.empty()) return {};
        Pieces out = std::move(pieces_.back());
        pieces_.pop_back();
        return out;
    }
    void put(Pieces pieces) {
        pieces.clear();
        const std::lock_guard lock(mutex_);
        pieces_.push_back(std::move(pieces));
    }

private:
    std::mutex mutex_;
    std::vector<Pieces> pieces_;
};

void write_headers(const Context& context, const Opened& list, const report::RowStyle& style, const std::vector<std::string>& files,
                   const ListOutputs& outputs) {
    const report::RowWriter writer(style, files);
    const bool header = list.reader->header().present;
    const auto annotated = context.job.output.annotate ? report::RowWriter::annotated_header(style.delimiter) : std::string();
    if (outputs.clean && header)
        outputs.clean->write(annotated.empty() ? list.reader->header().raw : header_with(list, style, annotated));
    if (outputs.clean && !header) outputs.clean->write(list.reader->header().raw);
    const auto added = writer.rejected_header();
    if (outputs.rejected) outputs.rejected->write(header ? header_with(list, style, added) : made_up_header(list, style, added));
    if (outputs.evidence) outputs.evidence->write(report::RowWriter::evidence_header());
    if (outputs.renew) outputs.renew->write(report::RowWriter::renewal_header());
}

} // namespace

void render_list(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list,
                 const std::vector<std::string>& files, const MergeSide& side, const std::function<void(Rendered&)>& pass, ScrubbedList& out) {
    const report::RowStyle style = style_of(context, list);
    const auto counted = follow(context, *list.reader);
    SparePieces spare;
    Turnstile<Rendered> in_order([&](Rendered& rendered) {
        pass(rendered);
        spare.put(std::move(rendered.pieces));
    });
    std::mutex mutex;
    if (!list.reader->empty())
        on_threads(context.threads, [&] {
            try {
                Renderer renderer(context, history, campaign, list, files, style, side);
                csv::Block block;
                while (list.reader->next(block)) {
                    Rendered rendered;
                    rendered.pieces = spare.take();
                    renderer.render(block, rendered);
                    const auto index = block.index;
                    block = {};
                    in_order.put(index, std::move(rendered));
                }
                const std::lock_guard lock(mutex);
                out.records += renderer.tally();
                renderer.report_articles(out);
            } catch (...) {
                in_order.abandon();
                throw;
            }
        });
    out.source = list.reader->source();
    if (context.job.hash_inputs) out.digest = list.reader->digest();
}

struct ListWriter::Inside {
    Inside(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list,
           const std::vector<std::string>& files, const ListOutputs& to, const MergeSide& side)
        : style(style_of(context, list)), outputs(to), mender(context, history, campaign, list, files, style, side) {}

    const report::RowStyle style; // before the mender, which refers to it
    ListOutputs outputs;
    NumbersSeen seen;
    Renderer mender;
};

ListWriter::ListWriter(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list,
                       const std::vector<std::string>& files, const ListOutputs& outputs, const MergeSide& side) {
    inside_ = std::make_unique<Inside>(context, history, campaign, list, files, outputs, side);
    write_headers(context, list, inside_->style, files, outputs);
}

ListWriter::~ListWriter() = default;

void ListWriter::pass(Rendered& rendered, report::Tallies& tallies) {
    const auto& outputs = inside_->outputs;
    inside_->mender.mend(rendered, inside_->seen);
    const auto put = [](report::OutputFile* file, const std::string& bytes) {
        if (file && !bytes.empty()) file->write(bytes);
    };
    put(outputs.clean, rendered.pieces.clean);
    put(outputs.rejected, rendered.pieces.rejected);
    put(outputs.evidence, rendered.pieces.evidence);
    put(outputs.renew, rendered.pieces.renew);
    tallies += rendered.tallies;
}

void require_balance(const Opened& list, const ScrubbedList& scrubbed) {
    const auto& tallies = scrubbed.tallies;
    if (tallies.rows == tallies.clean + tallies.rejected && tallies.rows == scrubbed.records.records) return;
    throw Failure(Exit::internal, {list.spec->path, 0, 0},
                  "the balance is wrong: " + std::to_string(scrubbed.records.records) + " rows in, " + std::to_string(tallies.clean) + " clean, " +
                      std::to_string(tallies.rejected) + " rejected; nothing is published. This is an error of the program, please report it");
}

ScrubbedList scrub(const Context& context, history::History& history, const verdict::Campaign& campaign, const Opened& list,
                   const std::vector<std::string>& files, const ListOutputs& outputs) {
    ScrubbedList out;
    ListWriter writer(context, history, campaign, list, files, outputs, {});
    render_list(context, history, campaign, list, files, {}, [&](Rendered& rendered) { writer.pass(rendered, out.tallies); }, out);
    require_balance(list, out);
    return out;
}

} // namespace callscrub::app
