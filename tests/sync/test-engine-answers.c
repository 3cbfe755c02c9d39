/* SPDX-License-Identifier: GPL-3.0-or-later
 * Answers that come late, and refusals of what others wait for: what the host did meanwhile counts. */
#include "town.h"

#include "sync/hall-sync-error.h"

typedef struct {
  Town     *town;
  HallChat *chat;
} Haste;

static void
give_another_slug (gpointer data)
{
  Haste *haste = data;

  host_save_text (haste->town->ann, haste->chat, "slug", "pycon-2");
}

/* The chat is refused while Ann is mending it; its guest waits until it has come through. */
static void
test_refused_while_mended (Town          *town,
                           gconstpointer  data)
{
  g_autoptr (HallChat)  other = town_share_chat (town, "pycon");
  g_autoptr (HallChat)  chat = scratch_chat (town->ann->account->parent.id, "pycon");
  g_autoptr (HallGuest) guest = scratch_guest (chat, "Grace");
  Haste                 haste = { town, chat };

  host_save (town->ann, chat);
  host_save (town->ann, guest);
  town->meanwhile = give_another_slug;
  town->meanwhile_data = &haste;
  town_assert_converged (town);
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM guests"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TOWN_TEST ("/sync/engine-answers/refused-while-mended", test_refused_while_mended, NULL);

  return g_test_run ();
}
