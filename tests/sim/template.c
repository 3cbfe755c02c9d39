/* SPDX-License-Identifier: GPL-3.0-or-later
 * Templates. */
#include "template.h"

#include "chance.h"
#include "moment.h"
#include "server/hall-desk.h"
#include "store/hall-accounts.h"
#include "store/hall-library-schema.h"

static SimDiskImage *library;
static SimDiskImage *desk;
static char         *tokens[2];

/* The same in every library: accounts are never sent. */
HallAccount *
sim_template_account (void)
{
  HallAccount *account = hall_value_new (&hall_account_kind, "01550000-0000-7000-8000-000000000001");

  account->name = g_strdup ("Desk");
  account->service = g_strdup ("hallwayd");
  account->url = g_strdup ("https://desk.example.org");

  return account;
}

SimDiskImage *
sim_template_library (void)
{
  g_autoptr (HallAccount) account = NULL;
  g_autoptr (GError)      error = NULL;
  HallDatabase           *db;
  SimDisk                *disk;
  SimMoment               moment;
  SimDice                 dice;
  HallRandom              random = sim_chance_random (&dice);

  if (library != NULL)
    return library;

  sim_chance_seed (&dice, 0, 1);
  sim_moment_init (&moment);
  disk = sim_disk_new ("template", 1);
  db = hall_migrator_open_on ("template", "library", hall_library_schema (), &error);
  g_assert_no_error (error);
  account = sim_template_account ();
  g_assert (hall_database_begin (db, NULL));
  g_assert (hall_accounts_add (db, account, &moment.clock, &random, NULL));
  g_assert (hall_database_commit (db, NULL));
  hall_database_close (db);
  library = sim_disk_take_image (disk);
  sim_disk_free (disk);

  return library;
}

SimDiskImage *
sim_template_desk (void)
{
  g_autoptr (HallDesk) core = NULL;
  g_autoptr (GError)   error = NULL;
  HallDatabase        *db;
  SimDisk             *disk;
  SimMoment            moment;
  SimDice              dice;
  HallRandom           random = sim_chance_random (&dice);

  if (desk != NULL)
    return desk;

  sim_chance_seed (&dice, 0, 2);
  sim_moment_init (&moment);
  disk = sim_disk_new ("template", 1);
  db = hall_desk_open_on ("template", "desk", &error);
  g_assert_no_error (error);
  core = hall_desk_new ("https://desk.example.org", &moment.clock, &random);
  g_assert (hall_database_begin (db, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    tokens[i] = hall_desk_add_token (core, db, i == 0 ? "first host" : "second host", NULL);
  g_assert (hall_database_commit (db, NULL));
  hall_database_close (db);
  desk = sim_disk_take_image (disk);
  sim_disk_free (disk);

  return desk;
}

const char *
sim_template_token (guint host)
{
  sim_template_desk ();

  return tokens[host];
}
