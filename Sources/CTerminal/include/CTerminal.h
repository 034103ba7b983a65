#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stddef.h>
#include <stdint.h>

// The little C that signals, echo and wiping demand. State is process-wide, since signals and the terminal are.

// Opens what is missing of the standard descriptors, for reading alone, so that a write to a closed output fails. Resets the
// crash signals, so that no backtracer prints registers; has a write beyond the file size limit fail, and not end the process;
// and lowers the soft core limit to 0. To be called first thing in main.
void kt_guard_process(void);
// Puts the core limit back, and marks what was opened there close-on-exec, before another program takes over this process.
void kt_unguard_process(void);
// Whether other processes of the same user may read this one's memory, and the kernel may dump it.
// Returns 0, or -1 with errno set.
int kt_set_inspectable(int inspectable);

// Installs the handlers. Signals that were ignored stay ignored. Calling it again does nothing. Returns 0, or -1 with errno
// set.
int kt_install(void);
// Waits until `descriptor` can be read or a signal has come. Returns 0 for input, the number of a signal, or
// -1 with errno set. Signals come first.
int kt_wait(int descriptor);
// The next signal that nobody has taken yet, or 0.
int kt_next_signal(void);

// After the terminal hung up: the signal that says so, which may come a moment later than the end of input. Waits a
// tenth of a second at most; 0 if there is none.
int kt_hang_up_signal(void);

// A prompt holds a terminal: from `kt_hold` on, whatever ends the process puts the settings of that moment back. While one is
// held, holding another does nothing. Returns 0, or -1 with errno set.
int kt_hold(int terminal);
// Switches echo and line editing off in the held terminal; signal keys keep working. Returns 0, or -1.
int kt_hide(void);
// Remembers whether the bracketed paste mode was switched on, without switching it.
void kt_note_paste(int on);
// Remembers whether the second screen is open, which may show a secret: whatever ends or stops the process clears and leaves it.
void kt_note_second_screen(int on);
// Clears and leaves it, if it is on; a stop has done so before.
void kt_leave_second_screen(void);
// Whether it is open still: a stop leaves it.
int kt_has_second_screen(void);
// Puts the settings back and forgets them; `flush` discards what was typed and not read.
void kt_let_go(int flush);
// Discards what was typed and not read, so that it does not reach the shell.
void kt_flush_input(void);
// Forgets the settings, when somebody else has put them back.
void kt_forget_hold(void);

// Stops the process as SIGTSTP would by default, and returns when it goes on. The second screen is cleared and left before.
void kt_stop(void);
// Puts the terminal back and ends the process by the signal, so that a shell sees it.
__attribute__((noreturn)) void kt_raise_again(int signal);

// The columns of the terminal, or 0 if unknown.
int kt_window_columns(int terminal);
// Takes the character set from the environment. Returns whether it is UTF-8.
int kt_adopt_charset(void);
// Overwrites memory in a way no optimiser removes.
void kt_wipe(void *memory, size_t count);

#endif
