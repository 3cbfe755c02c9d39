/* SPDX-License-Identifier: GPL-3.0-or-later
 * Once before the first input. */
#include "fuzz.h"

#include <stdlib.h>

/* libFuzzer keeps the input of what aborts, but not of the trap that GLib ends with. */
static GLogWriterOutput
end_at_mistakes (GLogLevelFlags   level,
                 const GLogField *fields,
                 gsize            n_fields,
                 gpointer         data)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) == 0)
    return G_LOG_WRITER_HANDLED;

  g_log_writer_standard_streams (level, fields, n_fields, NULL);
  abort ();
}

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  g_log_set_writer_func (end_at_mistakes, NULL, NULL);
  return 0;
}
