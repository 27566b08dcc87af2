// Put into Botan's formatter of messages by third_party.cmake.
struct Text {
  std::string all;
  std::string str() const { return all; }
};
inline Text& operator<<(Text& text, char value) { return text.all += value, text; }
inline Text& operator<<(Text& text, std::string_view value) { return text.all += value, text; }
template <std::integral T>
Text& operator<<(Text& text, T value) {
  return text.all += std::to_string(value), text;
}
template <typename T>
  requires requires(const T& value) { value.to_string(); }
Text& operator<<(Text& text, const T& value) {
  return text.all += value.to_string(), text;
}
