/* SPDX-License-Identifier: GPL-3.0-or-later
 * What happened, line by line: a hash of it always, the lines when somebody wants to read them. */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

typedef struct {
  guint64  hash;
  guint    n_lines;
  FILE    *out;     /* where the lines go; absent when nobody reads them */
  char    *leak;    /* the first line that held what no line may hold; or absent */
} SimTrace;

void sim_trace_begin (SimTrace   *trace,
                      FILE       *out);
void sim_trace_clear (SimTrace   *trace);
void sim_trace       (SimTrace   *trace,
                      const char *format,
                      ...) G_GNUC_PRINTF (2, 3);
void sim_trace_watch_log (SimTrace *trace);

G_END_DECLS
