/* SPDX-License-Identifier: GPL-3.0-or-later
 * A library in the test's own folder, a clock that stands still, and values to put in. */
#pragma once

#include "model/hall-account.h"
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-clock.h"
#include "model/hall-guest.h"
#include "model/hall-id.h"
#include "model/hall-person.h"
#include "model/hall-post.h"
#include "model/hall-question.h"
#include "model/hall-series.h"
#include "scratch-database.h"

#define SCRATCH_NOW G_GINT64_CONSTANT (1464647400000000) /* 2016-05-30T22:30:00Z */

extern const HallClock  scratch_clock;
extern const HallRandom scratch_random;

HallDatabase *scratch_library      (void);
void          scratch_begin        (HallDatabase   *db);
void          scratch_commit       (HallDatabase   *db);

char         *scratch_id           (void);
HallAccount  *scratch_account      (const char     *name);
HallSeries   *scratch_series       (const char     *account);
HallChat     *scratch_chat         (const char     *account,
                                    const char     *slug);
HallPost     *scratch_post         (const char     *account,
                                    const char     *text);
HallGuest    *scratch_guest        (const HallChat *chat,
                                    const char     *name);
HallAttendee *scratch_attendee     (const HallChat *chat,
                                    const char     *name,
                                    const char     *address);
HallQuestion *scratch_question     (const HallChat     *chat,
                                    const HallAttendee *attendee,
                                    const char         *text);
HallPerson   *scratch_person       (const char     *address);

void          scratch_put          (HallDatabase   *db,
                                    gconstpointer   value);
void          scratch_save         (HallDatabase   *db,
                                    gconstpointer   value);
void          scratch_remove       (HallDatabase   *db,
                                    gconstpointer   value);
void          scratch_base         (HallDatabase   *db,
                                    const char     *account,
                                    gconstpointer   value);
gpointer      scratch_changed      (gconstpointer   value,
                                    const char     *field,
                                    const char     *text);
char         *scratch_outbox       (HallDatabase   *db);
