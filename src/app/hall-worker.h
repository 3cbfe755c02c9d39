/* SPDX-License-Identifier: GPL-3.0-or-later
 * Blocking work on a thread of its own, asked for and answered on the main loop. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* data is the task's; what comes of the work is left there. */
typedef gboolean (*HallWorkerJob) (gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

void hall_worker_run (GTask         *task,
                      HallWorkerJob  job);

G_END_DECLS
