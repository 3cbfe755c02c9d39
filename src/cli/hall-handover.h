/* SPDX-License-Identifier: GPL-3.0-or-later
 * A command taken over the session bus to the process that has the library open, and taken in there. */
#pragma once

#include "app/hall-library.h"

G_BEGIN_DECLS

/* In the process that was started with the command; FALSE when nobody has the library open with a window. */
gboolean hall_handover_send      (const char              *library_path,
                                  const char *const       *arguments, /* from the noun on */
                                  int                     *code);

/* In the process that has the library open. */
gboolean hall_handover_is_one    (GApplicationCommandLine *command_line);
void     hall_handover_run_async (GApplicationCommandLine *command_line,
                                  HallLibrary             *library,
                                  const GError            *problem,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 user_data);

G_END_DECLS
