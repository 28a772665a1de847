// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/curses_screen.h"

#include <curses.h>

#include <clocale>
#include <cstdio>

namespace samenspel::cli {
namespace {

class CursesScreen : public Screen {
 public:
  explicit CursesScreen(SCREEN* screen) : screen_(screen) {
    set_term(screen_);
    cbreak();
    noecho();
    curs_set(0);
  }
  ~CursesScreen() override {
    endwin();
    delscreen(screen_);
  }
  CursesScreen(const CursesScreen&) = delete;
  CursesScreen& operator=(const CursesScreen&) = delete;

  void Show(const std::string& text) override {
    erase();
    int line = 0;
    for (size_t at = 0; at < text.size() && line < LINES;) {
      const size_t end = std::min(text.find('\n', at), text.size());
      mvaddnstr(line++, 0, text.c_str() + at, static_cast<int>(end - at));
      at = end + 1;
    }
    refresh();
  }

  bool LeaveAsked(base::milliseconds wait) override {
    timeout(static_cast<int>(wait.count()));
    const int key = getch();
    return key == 'q' || key == 'Q';
  }

 private:
  SCREEN* screen_;
};

}  // namespace

std::unique_ptr<Screen> OpenCursesScreen() {
  std::setlocale(LC_CTYPE, "C.UTF-8");  // What we show is UTF-8, whatever the user's locale says.
  SCREEN* screen = newterm(nullptr, stdout, stdin);
  return screen == nullptr ? nullptr : std::make_unique<CursesScreen>(screen);
}

}  // namespace samenspel::cli
