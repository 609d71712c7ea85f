/// Character encodings of input files. Inside the program all text is UTF-8.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace callscrub::csv {

/// utf16* are turned into UTF-8 while being read; blocks of the others hold the bytes of the file.
enum class Encoding : std::uint8_t { utf8, utf16le, utf16be, windows1252, latin1, latin9 };

/// "utf-8", "windows-1252", "cp1252", "iso-8859-1", "latin-9", "utf-16le", …; case and punctuation do not
/// matter.
std::optional<Encoding> read_encoding(std::string_view name);
/// The name that `read_encoding` and people understand: "utf-8", "windows-1252", …
std::string_view name(Encoding encoding);

/// What kinds of non-ASCII bytes a text holds.
struct Census {
    std::uint64_t sound = 0;  ///< well-formed UTF-8 sequences of two to four bytes
    std::uint64_t broken = 0; ///< bytes >= 0x80 that belong to none
    std::uint64_t c1 = 0;     ///< bytes 0x80-0x9F among the broken ones: letters only in Windows-1252
    std::uint64_t euro = 0;   ///< bytes 0xA4 among them: the euro of Latin-9, elsewhere a sign nobody writes
    bool first_sound = false; ///< the first non-ASCII byte began a well-formed sequence
    /// Adds `text`. Its end must not cut a character.
    void add(std::string_view text);
};

/// The policy (docs/FORMATS.md): UTF-8 unless broken bytes outnumber well-formed sequences more than a
/// hundred times; then Windows-1252 if bytes 0x80-0x9F occur, else Latin-9 if 0xA4 does, else Latin-1. UTF-8 with few broken bytes
/// stays UTF-8: the cells that hold them have no value (see Record::utf8).
Encoding judge(const Census& census);

/// True if no byte is >= 0x80.
bool ascii(std::string_view text);

/// Appends `text` of a one-byte encoding as UTF-8. The five bytes that Windows-1252 leaves open become the
/// control characters of the same number, as browsers do it.
void append_utf8(std::string& out, std::string_view text, Encoding from);

/// Appends UTF-16 as UTF-8. `text` must have even length; a high surrogate at its end is left for the next
/// call: returns the number of bytes used. Lone surrogates become three bytes that are not valid UTF-8, so
/// the cell that holds them is seen to be broken.
std::size_t append_utf16(std::string& out, std::string_view text, bool big_endian, bool last);

} // namespace callscrub::csv
