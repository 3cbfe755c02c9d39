/* SPDX-License-Identifier: GPL-3.0-or-later
 * A conflict as a command shows it: field by field, what it was, what it is here, and what it is on the service. */
#pragma once

#include "app/hall-settler.h"

G_BEGIN_DECLS

char *hall_conflict_text_write  (const HallSettlerCase *each);
char *hall_conflict_text_how    (const HallSettlerCase *each);
char *hall_conflict_text_fields (const HallSettlerCase *each);

G_END_DECLS
