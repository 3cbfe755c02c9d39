/* SPDX-License-Identifier: GPL-3.0-or-later
 * Through the sync room's own doors, without a service. */
#include "dispute.h"

#include "format/hall-wire.h"
#include "library-fixture.h"
#include "store/hall-bases.h"
#include "store/hall-outbox.h"
#include "store/hall-store.h"
#include "sync/hall-arrival.h"

typedef struct {
  HallLibrary *library;
  const char  *account;
  HallChat    *base;   /* the service begins with it, or absent */
  HallNews    *news;   /* and goes on with it, or absent */
  const char  *reason; /* or refuses what waits, for that */
} Happening;

static gboolean
happen (HallDatabase  *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Happening                *happening = data;
  HallTransfer              transfer = { .db = db, .account = happening->account };
  g_autofree char          *json = NULL;
  g_autoptr (HallOperation) operation = NULL;

  transfer.clock = hall_library_get_clock (happening->library);
  transfer.random = hall_store_get_random (hall_library_get_store (happening->library));

  if (happening->base != NULL) {
    json = hall_wire_write (happening->base, HALL_WIRE_ALL);
    operation = hall_outbox_find (db, &hall_chat_kind, happening->base->parent.id, error);
    return hall_outbox_drop (db, operation->order, error) &&
           hall_bases_put (db, happening->account, &hall_chat_kind, happening->base->parent.id, "m1", json, error);
  }
  if (happening->news != NULL)
    return hall_arrival_take (&transfer, happening->news, error);

  operation = hall_outbox_next (db, happening->account, 0, error);
  return hall_outbox_freeze (db, operation, NULL, "{}", error) &&
         hall_outbox_set_state (db, operation->order, HALL_OPERATION_PARKED, happening->reason, error);
}

static void
let_happen (HallLibrary *library,
            const char  *account,
            HallChat    *base,
            HallNews    *news,
            const char  *reason)
{
  Happening                happening = { library, account, base, news, reason };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  hall_store_write_async (hall_library_get_store (library), happen, &happening, NULL, NULL,
                          library_fixture_keep, &result);
  library_fixture_await (&result);
  hall_store_job_finish (hall_library_get_store (library), result, &error);
  g_assert_no_error (error);
}

static void
tell_title (HallLibrary    *library,
            const HallChat *chat,
            const char     *mark,
            const char     *title)
{
  HallChat            *theirs = hall_value_copy (chat);
  g_autoptr (HallNews) news = NULL;

  g_set_str (&theirs->title, title);
  news = hall_news_new (&hall_chat_kind, chat->parent.id, mark, theirs);
  let_happen (library, chat->account, NULL, news, NULL);
}

static HallChat *
edit_shared (HallLibrary *library)
{
  g_autoptr (HallAccount) account = library_fixture_add_account (library);
  g_autoptr (HallChat)    added = library_fixture_add_chat (library, "Before", "2016-05-30T15:30");
  g_autoptr (HallChat)    chat = hall_value_copy (added);
  HallChat               *mine;

  g_set_str (&chat->account, account->parent.id);
  let_happen (library, account->parent.id, chat, NULL, NULL);
  mine = hall_value_copy (chat);
  g_set_str (&mine->title, "Mine");
  library_fixture_save (library, mine);

  return mine;
}

/* The title is Before at first, Mine here and Theirs there. */
HallChat *
dispute_title (HallLibrary *library)
{
  HallChat *mine = edit_shared (library);

  tell_title (library, mine, "m2", "Theirs");

  return mine;
}

/* The title is Mine here, and there is no such chat there any more. */
HallChat *
dispute_deleted (HallLibrary *library)
{
  HallChat            *mine = edit_shared (library);
  g_autoptr (HallNews) news = hall_news_new (&hall_chat_kind, mine->parent.id, "m2", NULL);

  let_happen (library, mine->account, NULL, news, NULL);

  return mine;
}

/* There the title is changed once more. */
void
dispute_move_on (HallLibrary    *library,
                 const HallChat *chat)
{
  tell_title (library, chat, "m3", "Theirs again");
}

/* A new chat that the service does not take. */
HallChat *
dispute_refused (HallLibrary *library)
{
  g_autoptr (HallAccount) account = library_fixture_add_account (library);
  HallChat               *chat = library_fixture_add_chat (library, "Refused", "2016-05-30T15:30");

  g_set_str (&chat->account, account->parent.id);
  let_happen (library, account->parent.id, NULL, NULL, "There is another chat at this address.");

  return chat;
}
