/* SPDX-License-Identifier: GPL-3.0-or-later
 * The command line: `hallway NOUN VERB …`, run in this process or in the one that has the library open. */
#pragma once

#include "app/hall-library.h"

G_BEGIN_DECLS

enum {
  HALL_EXIT_DONE = 0,
  HALL_EXIT_FAILED = 1,
  HALL_EXIT_WRONG_USE = 2,
  HALL_EXIT_WAITS = 3, /* done, but something waits for the host */
};

/* Where a command speaks and how it finds files: this process's own, or the caller's over the bus. */
typedef struct {
  void (*out)  (const char *text, gpointer data); /* whole lines, with their ends */
  void (*err)  (const char *text, gpointer data);
  GFile *(*file) (const char *argument, gpointer data); /* relative to the caller's folder */
  gpointer data;
} HallTerminal;

gboolean hall_command_is_noun    (const char          *word);
void     hall_command_run_async  (HallLibrary         *library,
                                  const char *const   *arguments, /* from the noun on */
                                  const HallTerminal  *terminal,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
int      hall_command_run_finish (GAsyncResult        *result);

G_END_DECLS
