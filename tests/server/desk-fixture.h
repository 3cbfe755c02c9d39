/* SPDX-License-Identifier: GPL-3.0-or-later
 * A desk in a folder of its own, with a clock and dice that a test can set, and short ways to ask it. */
#pragma once

#include "server/hall-desk.h"

#include "format/hall-json.h"

#include "api-description.h"

G_BEGIN_DECLS

typedef struct {
  char         *folder;
  char         *path;
  HallDatabase *db;
  HallDesk     *desk;
  HallClock     clock;
  HallRandom    random;
  gint64        now;
  guint64       dice;
  char         *token;
  char         *peer;
  guint         keys; /* so many idempotency keys were drawn */
  ApiDescription *description; /* what everything asked of the API is held against */
  GPtrArray    *complaints;
  gboolean      is_strange;  /* what is sent is not described, on purpose */
} DeskFixture;

/* Monday 23 May 2016, 10:00 UTC: a week before the chat of desk_fixture_add_chat(). */
#define FIXTURE_NOW (G_GINT64_CONSTANT (1463997600) * G_USEC_PER_SEC)

#define CHAT_ID "01900000-0000-7000-8000-000000000001"

void         desk_fixture_set_up    (DeskFixture   *fixture,
                                     gconstpointer  data);
void         desk_fixture_tear_down (DeskFixture   *fixture,
                                     gconstpointer  data);
void         desk_fixture_reopen    (DeskFixture   *fixture);

HallRequest *desk_fixture_request   (DeskFixture   *fixture,
                                     const char    *method,
                                     const char    *target,
                                     const char    *body);
HallReply   *desk_fixture_send      (DeskFixture   *fixture,
                                     HallRequest   *request);

HallReply   *desk_fixture_get       (DeskFixture   *fixture,
                                     const char    *target);
HallReply   *desk_fixture_put       (DeskFixture   *fixture,
                                     const char    *path,
                                     const char    *json);
HallReply   *desk_fixture_patch     (DeskFixture   *fixture,
                                     const char    *path,
                                     const char    *etag,
                                     const char    *json);
HallReply   *desk_fixture_delete    (DeskFixture   *fixture,
                                     const char    *path,
                                     const char    *etag);
HallReply   *desk_fixture_post      (DeskFixture   *fixture,
                                     const char    *path,
                                     const char    *form);

void         desk_fixture_add_chat  (DeskFixture   *fixture,
                                     const char    *more);

void         desk_fixture_hear      (DeskFixture   *fixture,
                                     HallRequest   *request,
                                     HallReply     *reply);

const char  *reply_header           (HallReply     *reply,
                                     const char    *name);
char        *reply_text             (HallReply     *reply);
yyjson_doc  *reply_json             (HallReply     *reply);
void         assert_reply_says      (HallReply     *reply,
                                     guint          status,
                                     const char    *text);
void         assert_problem         (HallReply     *reply,
                                     guint          status,
                                     const char    *type);

G_END_DECLS
