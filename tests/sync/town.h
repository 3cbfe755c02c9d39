/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two hosts and the real registration desk in one process: the engine on one side, the desk's core on the other. */
#pragma once

#include "host.h"
#include "server/hall-desk.h"

G_BEGIN_DECLS

/* Where on the way a request or its reply may be lost. */
typedef enum {
  ALL_WELL,
  LOSE_REQUEST,
  LOSE_REPLY,
  ANSWER_ILL,     /* 503 instead of asking the desk */
  ANSWER_PORTAL,  /* a page to sign in to the network */
  ANSWER_HALF,    /* half of the JSON that the desk said */
} Mishap;

typedef struct {
  HallDesk     *desk;
  HallDatabase *db;
  char         *token;
  Mishap        mishap;
  const char   *on_method;      /* the mishap meets the next request of that method */
  gboolean      in_small_pages; /* one change in each */
  GPtrArray    *keys;           /* idempotency keys of the writes that reached the desk */
  void        (*meanwhile) (gpointer data); /* what others do right after the next write got its answer */
  gpointer      meanwhile_data;
  guint         n_left;         /* requests that still get through, when there is a limit */
  gboolean      is_limited;
  Host         *ann;
  Host         *ben;
} Town;

void       town_set_up           (Town         *town,
                                  gconstpointer data);
void       town_tear_down        (Town         *town,
                                  gconstpointer data);

HallReply *town_ask              (Town         *town,
                                  HallRequest  *request);
HallReply *town_answer           (gpointer      data,
                                  HallRequest  *request,
                                  GError      **failure);
void       town_let_happen       (Town         *town,
                                  Mishap        mishap,
                                  const char   *on_method);
HallChat  *town_share_chat       (Town         *town,
                                  const char   *slug);
void       town_sign_up          (Town         *town,
                                  const char   *slug,
                                  const char   *form);
void       town_back_up          (Town         *town);
void       town_restore          (Town         *town);
void       town_prune            (Town         *town);
char      *town_dump_desk        (Town         *town);
void       town_assert_converged (Town         *town);

#define TOWN_TEST(path, function, data) \
  g_test_add (path, Town, data, town_set_up, function, town_tear_down)

G_END_DECLS
