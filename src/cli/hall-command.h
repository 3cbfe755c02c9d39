/* SPDX-License-Identifier: GPL-3.0-or-later
 * The command line: `hallway NOUN VERB …`, run in this process or in the one that has the library open. */
#pragma once

#include "app/hall-library.h"
#include "cli/hall-call.h"
#include "cli/hall-terminal.h"

G_BEGIN_DECLS

gboolean hall_command_is_noun    (const char          *word);
void     hall_command_say_usage  (const HallTerminal  *terminal);

/* FALSE when nothing is left to be done: help was shown or wrong use was told, and code says with which end. */
gboolean hall_command_check      (const char *const   *arguments, /* from the noun on */
                                  const HallTerminal  *terminal,
                                  int                 *code);
void     hall_command_run_async  (HallLibrary         *library,
                                  const char *const   *arguments, /* from the noun on */
                                  const HallTerminal  *terminal,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
int      hall_command_run_finish (GAsyncResult        *result);

G_END_DECLS
