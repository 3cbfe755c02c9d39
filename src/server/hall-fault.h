/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing that is wrong with a row somebody sent, and where. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *pointer; /* JSON pointer (RFC 6901): "/title"; "" for the whole */
  char *detail;  /* one sentence in English, for the log of whoever sent it */
} HallFault;

GPtrArray *hall_faults_new (void);
void       hall_faults_add (GPtrArray  *faults,
                            const char *pointer,
                            const char *detail);

G_END_DECLS
