/* SPDX-License-Identifier: GPL-3.0-or-later
 * A host whose service follows a script: exactly these requests, exactly these replies. */
#pragma once

#include "host.h"
#include "sync/hall-sync-error.h"

G_BEGIN_DECLS

#define CHAT  "01900000-0000-7000-8000-00000000c001"
#define OTHER "01900000-0000-7000-8000-00000000c002"
#define GUEST "01900000-0000-7000-8000-00000000a001"

#define CHAT_ROW(title) \
  "{\"id\":\"" CHAT "\",\"title\":\"" title "\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\"," \
  "\"zone\":\"America/Los_Angeles\",\"duration\":60,\"status\":\"scheduled\"}"
#define GUEST_ROW(chat) "{\"id\":\"" GUEST "\",\"chat\":\"" chat "\",\"name\":\"Grace\",\"status\":\"invited\"}"
#define ROW(kind, id, mark, row) "{\"kind\":\"" kind "\",\"id\":\"" id "\",\"mark\":\"" mark "\",\"row\":" row "}"
#define GONE(kind, id, mark) "{\"kind\":\"" kind "\",\"id\":\"" id "\",\"mark\":\"" mark "\",\"deleted\":true}"
#define PAGE(changes, next, more) "{\"changes\":[" changes "],\"next\":\"" next "\",\"has_more\":" more ",\"remaining\":7}"
#define PROBLEM(type, more) "{\"type\":\"urn:hallway:problem:" type "\"" more "}"

#define SESSION { "GET /v1/session", 200, "{\"service\":\"hallwayd\"}", NULL }
#define NO_NEWS(since) { "GET /v1/changes?limit=500&since=" since, 200, PAGE ("", since, "false"), NULL }
#define FIRST_PAGE "GET /v1/changes?limit=500"
#define ONE_CHAT { FIRST_PAGE, 200, PAGE (ROW ("chat", CHAT, "a1", CHAT_ROW ("Title")), "1-a1", "false"), NULL }

typedef struct {
  const char *asked;  /* method, path and query */
  guint       status; /* 0: nothing comes back */
  const char *body;
  const char *etag;
  const char *retry_after;
} ScriptLine;

typedef struct {
  Host             *host;
  const ScriptLine *lines;
  guint             n_lines;
  guint             at;
  GPtrArray        *bodies; /* of the requests that had one */
  GPtrArray        *keys;
  GHashTable       *taken;  /* lines that answered a write, by its path: asked for later, their rows are as they said */
  void            (*on_write) (gpointer script); /* what the host does while the next write is on its way */
} Script;

void           script_set_up        (Script           *script,
                                     gconstpointer     data);
void           script_tear_down     (Script           *script,
                                     gconstpointer     data);

HallReply     *script_follow        (gpointer          data,
                                     HallRequest      *request,
                                     GError          **failure);
HallSyncResult script_exchange      (Script           *script,
                                     const ScriptLine *lines,
                                     guint             n_lines,
                                     int               code);
HallChat      *script_receive_chat  (Script           *script);
void           script_assert_cursor (Script           *script,
                                     const char       *expected);

/* One exchange, which asks exactly these lines; code is that of its trouble, or -1 when it goes well. */
#define EXCHANGE(script, code, ...) \
  script_exchange (script, (const ScriptLine[]) { __VA_ARGS__ }, \
                   sizeof ((const ScriptLine[]) { __VA_ARGS__ }) / sizeof (ScriptLine), code)

#define SCRIPT_TEST(path, function, data) \
  g_test_add (path, Script, data, script_set_up, function, script_tear_down)

G_END_DECLS
