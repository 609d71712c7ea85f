#include "app/log.h"
#include "app/terminal.h"
#include "base/failure.h"
#include "base/text.h"
#include <cerrno>
#include <cstring>
#include <mutex>
#include <nlohmann/json.hpp>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <sys/stat.h>
#include <unistd.h>

namespace callscrub::app {

namespace {

using base::Exit;
using base::Failure;

spdlog::level::level_enum level_of(Level level) {
    switch (level) {
    case Level::debug:
        return spdlog::level::debug;
    case Level::info:
        return spdlog::level::info;
    case Level::warning:
        return spdlog::level::warn;
    case Level::error:
        break;
    }
    return spdlog::level::err;
}

std::string_view name(Level level) {
    constexpr std::string_view names[] = {"debug", "info", "warning", "error"};
    return names[static_cast<std::size_t>(level)];
}

std::string shown(const Field& field) {
    return harmless(field.exact ? field.value : base::mask_numbers(field.value));
}

/// For people: "callscrub: warning: the event".
std::string spoken(Level level, std::string_view event, const Log::Fields& fields, bool with_fields,
                   bool colour) {
    std::string out = "callscrub: ";
    if (level == Level::warning) out += tinted("warning:", Tint::warn, colour) + " ";
    if (level == Level::error) out += tinted("error:", Tint::bad, colour) + " ";
    out += harmless(base::mask_numbers(event));
    for (const auto& field : fields)
        if (with_fields) out += (&field == &fields.front() ? " (" : ", ") + field.name + " " + shown(field);
    return out + (with_fields && !fields.empty() ? ")" : "");
}

/// name=value; values with blanks or quotes in quotes.
std::string as_text(Level level, std::string_view event, const Log::Fields& fields) {
    std::string out = std::string(name(level)) + " " + harmless(base::mask_numbers(event));
    for (const auto& field : fields) {
        std::string value = shown(field);
        if (value.empty() || value.find_first_of(" \"=") != std::string::npos) {
            for (std::size_t at = 0; (at = value.find_first_of("\"\\", at)) != std::string::npos; at += 2)
                value.insert(at, "\\");
            value = '"' + value + '"';
        }
        (((out += ' ') += field.name) += '=') += value;
    }
    return out;
}

/// The members behind "time" of a JSON object.
std::string as_json(Level level, std::string_view event, const Log::Fields& fields) {
    nlohmann::ordered_json object = {{"level", name(level)}, {"event", base::mask_numbers(event)}};
    for (const auto& field : fields)
        object[field.name] = field.exact ? field.value : base::mask_numbers(field.value);
    return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace).substr(1);
}

/// Lines to a descriptor that may be closed or full: nobody listens, and that is no error of the job.
class FdSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit FdSink(int fd) : fd_(fd) {}

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        for (std::size_t at = 0; at < line.size();) {
            const ssize_t written = ::write(fd_, line.data() + at, line.size() - at);
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return;
            at += static_cast<std::size_t>(written);
        }
    }
    void flush_() override {}
    int fd_;
};

std::unique_ptr<spdlog::formatter> formatter(const std::string& pattern) {
    return std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc, "\n");
}

std::shared_ptr<spdlog::logger> file_logger(const Log::Settings& settings) {
    spdlog::file_event_handlers private_file;
    private_file.after_open = [](const spdlog::filename_t&, std::FILE* file) {
        ::fchmod(::fileno(file), 0600);
    };
    std::shared_ptr<spdlog::sinks::sink> sink;
    try {
        sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(settings.file, settings.file_bytes,
                                                                      settings.files, false, private_file);
    } catch (const spdlog::spdlog_ex&) {
        const std::string why = errno != 0 ? std::strerror(errno) : "unknown error";
        throw Failure(Exit::output, {settings.file}, "the log can't be opened: " + why);
    }
    auto out = std::make_shared<spdlog::logger>("file", sink);
    const std::string time = "%Y-%m-%dT%H:%M:%S.%eZ";
    out->set_formatter(formatter(settings.json ? R"({"time":")" + time + R"(",%v)" : time + " %v"));
    out->set_level(spdlog::level::debug);
    out->flush_on(spdlog::level::debug);
    return out;
}

} // namespace

struct Log::Impl {
    std::shared_ptr<spdlog::logger> people, file;
    bool verbose = false, json = false, colour = false;
    std::once_flag failed;
};

Log::Log(const Settings& settings) : impl_(std::make_unique<Impl>()) {
    impl_->verbose = settings.verbose;
    impl_->json = settings.json;
    impl_->colour = manners_of(settings.err_fd).colour;
    impl_->people = std::make_shared<spdlog::logger>("people", std::make_shared<FdSink>(settings.err_fd));
    impl_->people->set_formatter(formatter("%v"));
    impl_->people->set_level(settings.quiet     ? spdlog::level::warn
                             : settings.verbose ? spdlog::level::debug
                                                : spdlog::level::info);
    if (settings.file.empty()) return;
    impl_->file = file_logger(settings);
    impl_->file->set_error_handler([impl = impl_.get(), path = settings.file](const std::string& why) {
        std::call_once(impl->failed, [&] {
            impl->people->log(spdlog::level::warn,
                              "callscrub: warning: " + harmless(path + ": the log can't be written: " + why));
        });
    });
}

Log::~Log() = default;

void Log::write(Level level, std::string_view event, const Fields& fields) { write(level, level, event, fields); }

void Log::record(std::string_view event, const Fields& fields) { write(Level::debug, Level::info, event, fields); }

void Log::write(Level said, Level kept, std::string_view event, const Fields& fields) {
    if (impl_->people->should_log(level_of(said)))
        impl_->people->log(level_of(said), spoken(said, event, fields, impl_->verbose, impl_->colour));
    if (impl_->file)
        impl_->file->log(level_of(kept), impl_->json ? as_json(kept, event, fields) : as_text(kept, event, fields));
}

void Log::failure(std::string_view what, int exit_code) {
    impl_->people->log(spdlog::level::err,
                       spoken(Level::error, "", {}, false, impl_->colour) + harmless(what));
    const Fields fields = {Field::whole("why", what), {"exit", exit_code}};
    if (impl_->file)
        impl_->file->log(spdlog::level::err, impl_->json ? as_json(Level::error, "failed", fields)
                                                         : as_text(Level::error, "failed", fields));
}

void Log::flush() {
    if (impl_->file) impl_->file->flush();
}

} // namespace callscrub::app
