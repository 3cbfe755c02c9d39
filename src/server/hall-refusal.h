/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the API says no: problem details as JSON (RFC 9457). */
#pragma once

#include "format/hall-exchange.h"
#include "format/hall-problem-types.h"

G_BEGIN_DECLS

HallReply *hall_refusal_new         (const char *type,
                                     const char *detail);
HallReply *hall_refusal_new_invalid (GPtrArray  *faults);
HallReply *hall_refusal_new_current (const char *type,
                                     const char *detail,
                                     const char *row,
                                     const char *mark);
HallReply *hall_refusal_new_deleted (void);
HallReply *hall_refusal_new_resync  (gboolean    pruned);
HallReply *hall_refusal_new_too_many (guint      seconds);

G_END_DECLS
