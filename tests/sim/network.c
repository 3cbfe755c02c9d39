/* SPDX-License-Identifier: GPL-3.0-or-later
 * What becomes of a message between a client and the desk. */
#include "world.h"

#include "sync/hall-sync-error.h"

#include <string.h>

#define MOST_STRAYS 12

typedef enum {
  ALL_WELL,
  LOSE_REQUEST,
  LOSE_REPLY,
  DELAY,        /* it reaches the desk long after its sender has given up */
  DOUBLE,       /* it reaches the desk, and does so again later */
  HALVE,        /* half of the reply's body comes */
  PORTAL,       /* a page to sign in to the network */
  REDIRECT,
  OVERSIZED,    /* a body that never ends, or grows when it is unpacked */
  INSECURE,     /* a bad certificate */
  ILL,          /* 5xx before the desk was asked */
  ILL_AFTER,    /* 5xx after the desk has done it */
  BUSY,         /* 429 or 503, and when to come again */
  REFUSE,       /* 401 */
} Fate;

static Fate
roll (SimWorld *world)
{
  static const Fate losses[] = { LOSE_REQUEST, LOSE_REPLY, LOSE_REPLY };
  static const Fate delays[] = { DELAY, DOUBLE };
  static const Fate spoilings[] = { HALVE, HALVE, PORTAL, REDIRECT, OVERSIZED, INSECURE };
  static const Fate ills[] = { ILL, ILL_AFTER };
  const SimHabits  *habits = &world->script.habits;
  SimDice          *dice = &world->dice;

  if (world->is_quiet)
    return ALL_WELL;
  if (sim_chance_percent (dice, habits->lost))
    return losses[sim_dice_roll (dice, G_N_ELEMENTS (losses))];
  if (sim_chance_percent (dice, habits->late))
    return delays[sim_dice_roll (dice, G_N_ELEMENTS (delays))];
  if (sim_chance_percent (dice, habits->spoilt))
    return spoilings[sim_dice_roll (dice, G_N_ELEMENTS (spoilings))];
  if (sim_chance_percent (dice, habits->ill))
    return ills[sim_dice_roll (dice, G_N_ELEMENTS (ills))];
  if (sim_chance_percent (dice, habits->busy))
    return BUSY;

  return sim_chance_percent (dice, habits->refused) ? REFUSE : ALL_WELL;
}

static HallRequest *
copy_request (const HallRequest *request)
{
  HallRequest *copy = hall_request_new (request->method, request->path);

  copy->query = g_strdup (request->query);
  copy->peer = g_strdup (request->peer);
  copy->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  for (guint i = 0; i < hall_headers_count (request->headers); i++) {
    const char *name, *value;

    hall_headers_nth (request->headers, i, &name, &value);
    hall_headers_set (copy->headers, name, value);
  }

  return copy;
}

static void
free_stray (gpointer data)
{
  SimStray *stray = data;

  hall_request_free (stray->request);
  g_free (stray);
}

static void
keep_stray (SimWorld          *world,
            SimClient         *client,
            const HallRequest *request)
{
  SimStray *stray;

  if (world->strays == NULL)
    world->strays = g_ptr_array_new_with_free_func (free_stray);
  if (strcmp (request->method, "GET") == 0 || world->strays->len >= MOST_STRAYS)
    return;

  stray = g_new (SimStray, 1);
  *stray = (SimStray) { client->number, copy_request (request) };
  g_ptr_array_add (world->strays, stray);
}

/* As hall_http_exchange() puts it on its way. */
static void
stamp (SimWorld    *world,
       SimClient   *client,
       HallRequest *request)
{
  g_autofree char *authorization = g_strconcat ("Bearer ", world->desk.tokens[client->number / 2], NULL);
  char            *limit;

  hall_headers_set (request->headers, "Authorization", authorization);
  g_set_str (&request->peer, "127.0.0.1");

  if (!world->is_quiet && request->query != NULL && (limit = strstr (request->query, "limit=")) != NULL &&
      sim_chance_percent (&world->dice, world->script.habits.small_pages)) {
    limit += strlen ("limit=");
    *limit++ = '1' + sim_dice_roll (&world->dice, 4);
    while (g_ascii_isdigit (*limit))
      memmove (limit, limit + 1, strlen (limit));
  }
}

static HallReply *
ask_desk (SimWorld    *world,
          int          client,
          HallRequest *request)
{
  SimAuthor author = { SIM_NOBODY, NULL };

  if (strcmp (request->method, "GET") != 0)
    author = (SimAuthor) { client, hall_headers_get (request->headers, "Idempotency-Key") };

  return sim_desk_answer (world, request, &author);
}

static HallReply *
say (guint       status,
     const char *type,
     const char *body)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  return hall_reply_new (status, type, bytes);
}

static void
fail (SimClient  *client,
      int         code,
      const char *words)
{
  client->failure = g_error_new_literal (HALL_SYNC_ERROR, code, words);
}

static void
halve (SimWorld  *world,
       SimClient *client)
{
  g_autoptr (GBytes) half = NULL;

  if (client->reply == NULL || client->reply->body == NULL)
    return;

  half = g_bytes_new_from_bytes (client->reply->body, 0,
                                 sim_dice_roll (&world->dice, g_bytes_get_size (client->reply->body) + 1) / 2);
  g_clear_pointer (&client->reply->body, g_bytes_unref);
  client->reply->body = g_steal_pointer (&half);
}

static void
say_busy (SimWorld  *world,
          SimClient *client)
{
  g_autofree char *seconds = g_strdup_printf ("%u", (guint) (1 + sim_dice_roll (&world->dice, 3600)));

  client->reply = say (sim_chance_percent (&world->dice, 50) ? 429 : 503, "application/problem+json",
                       "{\"type\":\"urn:hallway:problem:too-many-requests\",\"title\":\"Too many\"}");
  hall_headers_set (client->reply->headers, "Retry-After", seconds);
}

static void
meet_fate (SimWorld  *world,
           SimClient *client,
           Fate       fate)
{
  static const guint  ills[] = { 500, 502, 504, 408, 507 };
  g_autoptr (HallReply) lost = NULL;

  switch (fate) {
  case DELAY:
    keep_stray (world, client, client->request);
    G_GNUC_FALLTHROUGH;
  case LOSE_REQUEST:
    fail (client, HALL_SYNC_ERROR_OFFLINE, "Lost on the way");
    break;
  case ILL_AFTER:
    lost = ask_desk (world, client->number, client->request);
    G_GNUC_FALLTHROUGH;
  case ILL:
    client->reply = say (ills[sim_dice_roll (&world->dice, G_N_ELEMENTS (ills))], "text/html", "<p>Ill</p>");
    break;
  case BUSY:
    say_busy (world, client);
    break;
  case REFUSE:
    client->reply = say (401, "application/problem+json", "{\"type\":\"urn:hallway:problem:unauthorized\"}");
    break;
  case PORTAL:
    client->reply = say (200, "text/html", "<p>Sign in</p>");
    break;
  case REDIRECT:
    client->reply = say (302, NULL, NULL);
    break;
  case INSECURE:
    fail (client, HALL_SYNC_ERROR_INSECURE, "A bad certificate");
    break;
  case LOSE_REPLY:
    lost = ask_desk (world, client->number, client->request);
    fail (client, HALL_SYNC_ERROR_OFFLINE, "Lost on the way back");
    break;
  case OVERSIZED:
    lost = ask_desk (world, client->number, client->request);
    fail (client, HALL_SYNC_ERROR_NONSENSE, "Too large");
    break;
  case DOUBLE:
    keep_stray (world, client, client->request);
    G_GNUC_FALLTHROUGH;
  case HALVE:
  case ALL_WELL:
  default:
    client->reply = ask_desk (world, client->number, client->request);
    if (client->reply == NULL)
      fail (client, HALL_SYNC_ERROR_OFFLINE, "Nobody answered");
    else if (fate == HALVE)
      halve (world, client);
    else
      sim_wire_answered (world, client->request, client->reply);
    break;
  }
}

/* Carries the request of @client to the desk, and what comes of it back. */
void
sim_network_carry (SimWorld  *world,
                   SimClient *client)
{
  static const char *const names[] = { "", "request lost", "reply lost", "late", "twice", "half a reply", "portal",
                                       "redirect", "oversized", "insecure", "ill", "ill after", "busy", "refused" };
  Fate fate = roll (world);

  stamp (world, client, client->request);
  sim_trace (&world->trace, "  client %d %s %.80s %s", client->number, client->request->method, client->request->path,
             names[fate]);
  sim_wire_note (world, client, client->request);
  meet_fate (world, client, fate);
}

/* One of the requests that were long on their way arrives; nobody hears the answer. */
void
sim_network_stray (SimWorld *world)
{
  g_autoptr (HallReply) reply = NULL;
  SimStray             *stray;
  guint                 at;

  if (world->strays == NULL || world->strays->len == 0)
    return;

  at = sim_dice_roll (&world->dice, world->strays->len);
  stray = world->strays->pdata[at];
  sim_trace (&world->trace, "  stray of client %d %s %.80s", stray->client, stray->request->method, stray->request->path);
  reply = ask_desk (world, stray->client, stray->request);
  if (sim_chance_percent (&world->dice, 60))
    g_ptr_array_remove_index (world->strays, at);
}

/* Its client has ended with a request on its way, which may arrive all the same. */
void
sim_network_leave (SimWorld  *world,
                   SimClient *client)
{
  if (client->request == NULL || client->reply != NULL || client->failure != NULL ||
      !sim_chance_percent (&world->dice, 50))
    return;

  stamp (world, client, client->request);
  sim_wire_note (world, client, client->request);
  keep_stray (world, client, client->request);
}

/* Somebody signs up, or tries to. */
void
sim_visit (SimWorld *world)
{
  SimAuthor               author = { SIM_NOBODY, NULL };
  g_autoptr (HallRequest) request = NULL;
  g_autoptr (HallReply)   reply = NULL;
  g_autofree char        *path = g_strdup_printf ("/e/chat-%u", (guint) sim_dice_roll (&world->dice, world->script.habits.n_slugs));
  g_autofree char        *form = NULL;
  guint                   times = sim_chance_percent (&world->dice, 20) ? 2 : 1;

  form = g_strdup_printf ("name=Visitor+%u&address=%s%u%%40example.org&question=%s",
                          (guint) sim_dice_roll (&world->dice, 1000),
                          sim_chance_percent (&world->dice, 50) ? "Guest" : "guest",
                          (guint) sim_dice_roll (&world->dice, world->script.habits.n_addresses),
                          sim_chance_percent (&world->dice, 30) ? "Why" : "");
  request = hall_request_new ("POST", path);
  hall_headers_set (request->headers, "Content-Type", "application/x-www-form-urlencoded");
  request->body = g_bytes_new (form, strlen (form));
  request->peer = g_strdup_printf ("192.0.2.%u", (guint) sim_dice_roll (&world->dice, 250));

  for (guint i = 0; i < times; i++) {
    g_clear_pointer (&reply, hall_reply_free);
    reply = sim_desk_answer (world, request, &author);
  }
}
