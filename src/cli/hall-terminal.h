/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where a command speaks and how it finds files: this process's own, or the caller's over the bus. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  void (*out)  (const char *text, gpointer data); /* whole lines, with their ends */
  void (*err)  (const char *text, gpointer data);
  GFile *(*file) (const char *argument, gpointer data); /* relative to the caller's folder */
  gpointer data;
} HallTerminal;

extern const HallTerminal hall_terminal_own;

G_GNUC_PRINTF (2, 3)
void hall_terminal_say      (const HallTerminal *terminal,
                             const char         *format,
                             ...);
G_GNUC_PRINTF (2, 3)
void hall_terminal_complain (const HallTerminal *terminal,
                             const char         *format,
                             ...);
char *hall_terminal_make_printable (const char *text);

G_END_DECLS
