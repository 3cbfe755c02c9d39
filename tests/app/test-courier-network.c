/* SPDX-License-Identifier: GPL-3.0-or-later
 * A courier on networks that come and go, cost money or lead nowhere. The monitor is one of our own, which GIO takes
 * as it takes any other. Over plain http nobody gets any further than to try, and that is what is looked for. */
#include "../sync/odd-service.h"
#include "library-fixture.h"
#include "sync/hall-sync-error.h"

#define LINE_TRIED "Saved. No safe connection to the service"

typedef struct {
  GObject parent_instance;
} Monitor;

typedef GObjectClass MonitorClass;

static gboolean             available = TRUE;
static gboolean             metered;
static GNetworkConnectivity connectivity = G_NETWORK_CONNECTIVITY_FULL;

static gboolean
initable_init (GInitable     *initable,
               GCancellable  *cancellable,
               GError       **error)
{
  return TRUE;
}

static void
initable_interface_init (GInitableIface *iface)
{
  iface->init = initable_init;
}

static GType monitor_get_type (void);

G_DEFINE_TYPE_WITH_CODE (Monitor, monitor, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_interface_init)
                         G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, NULL)
                         g_io_extension_point_implement (G_NETWORK_MONITOR_EXTENSION_POINT_NAME, g_define_type_id,
                                                         "of-the-test", 1000))

enum {
  PROP_AVAILABLE = 1,
  PROP_METERED,
  PROP_CONNECTIVITY,
};

static void
monitor_get_property (GObject    *object,
                      guint       id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  if (id == PROP_AVAILABLE)
    g_value_set_boolean (value, available);
  else if (id == PROP_METERED)
    g_value_set_boolean (value, metered);
  else
    g_value_set_enum (value, connectivity);
}

static void
monitor_class_init (MonitorClass *klass)
{
  klass->get_property = monitor_get_property;
  g_object_class_override_property (klass, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (klass, PROP_METERED, "network-metered");
  g_object_class_override_property (klass, PROP_CONNECTIVITY, "connectivity");
}

static void
monitor_init (Monitor *self)
{
}

static void
change (gboolean             is_available,
        gboolean             is_metered,
        GNetworkConnectivity how)
{
  available = is_available;
  metered = is_metered;
  connectivity = how;
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", available);
}

static void
set_up (LibraryFixture *fixture,
        gconstpointer   data)
{
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (g_network_monitor_get_default ()), ==, "Monitor");
  library_fixture_set_up_ticking (fixture, data);
}

static HallCourier *
courier_of (LibraryFixture *fixture)
{
  return hall_library_get_courier (fixture->library);
}

static void
await_line (LibraryFixture *fixture,
            const char     *beginning)
{
  g_autofree char *said = NULL;

  g_object_get (courier_of (fixture), "line", &said, NULL);
  while (!g_str_has_prefix (said, beginning)) {
    g_free (said);
    g_main_context_iteration (NULL, TRUE);
    g_object_get (courier_of (fixture), "line", &said, NULL);
  }
}

static gboolean
asks (LibraryFixture *fixture)
{
  gboolean value;

  g_object_get (courier_of (fixture), "asks", &value, NULL);

  return value;
}

static void
assert_not_tried (LibraryFixture *fixture)
{
  g_autofree char *problem = NULL;
  guint            state;

  g_object_get (courier_of (fixture), "problem", &problem, "state", &state, NULL);
  g_assert_null (problem);
  g_assert_cmpuint (state, ==, HALL_COURIER_IDLE);
}

static void
add_account (LibraryFixture *fixture)
{
  g_autoptr (HallAccount) account = library_fixture_add_account_at (fixture->library, "Far",
                                                                    "http://chats.example.org", "token");

  await_line (fixture, "Saved. Not yet exchanged with the service");
}

static void
test_back_online (LibraryFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr (HallChat) chat = NULL;

  change (FALSE, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  add_account (fixture);
  g_object_set (courier_of (fixture), "automatic", TRUE, NULL);
  await_line (fixture, "Saved. No network");
  chat = library_fixture_add_chat (fixture->library, "Day 1", "2999-05-30T15:30");
  await_line (fixture, "Saved. No network; 1 edit waiting");
  assert_not_tried (fixture);
  g_assert_false (asks (fixture));

  /* Somebody else answers there for everybody. */
  change (TRUE, FALSE, G_NETWORK_CONNECTIVITY_PORTAL);
  await_line (fixture, "Saved. No network");
  assert_not_tried (fixture);

  change (TRUE, FALSE, G_NETWORK_CONNECTIVITY_FULL);
  await_line (fixture, LINE_TRIED);
}

static void
test_metered (LibraryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  change (TRUE, TRUE, G_NETWORK_CONNECTIVITY_FULL);
  add_account (fixture);
  g_object_set (courier_of (fixture), "automatic", TRUE, NULL);
  while (!asks (fixture))
    g_main_context_iteration (NULL, TRUE);
  await_line (fixture, "Saved. Metered network, so only synced when you ask");
  assert_not_tried (fixture);

  /* "Sync now" is the answer, and the question does not come back on this network. */
  hall_courier_sync_async (courier_of (fixture), NULL, library_fixture_keep, &result);
  g_assert_false (asks (fixture));
  library_fixture_await (&result);
  g_assert_false (hall_courier_sync_finish (courier_of (fixture), result, NULL, &error));
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_INSECURE);
  await_line (fixture, LINE_TRIED);
  g_assert_false (asks (fixture));

  /* Another network, which costs money as well: it does. */
  change (FALSE, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  await_line (fixture, "Saved. No network");
  change (TRUE, TRUE, G_NETWORK_CONNECTIVITY_FULL);
  while (!asks (fixture))
    g_main_context_iteration (NULL, TRUE);

  change (TRUE, FALSE, G_NETWORK_CONNECTIVITY_FULL);
  g_assert_false (asks (fixture));
}

/* When it is time to go again, the host has said when already. A service on this machine shows that it is time. */
static void
test_asked_once (LibraryFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr (OddService)   service = odd_service_new (NULL);
  g_autoptr (HallAccount)  near = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  guint                    count;

  change (TRUE, TRUE, G_NETWORK_CONNECTIVITY_FULL);
  odd_service_answer (service, 500, NULL, NULL);
  add_account (fixture);
  near = library_fixture_add_account_at (fixture->library, "Near", odd_service_get_url (service), "token");
  g_object_set (courier_of (fixture), "automatic", TRUE, NULL);
  while (!asks (fixture))
    g_main_context_iteration (NULL, TRUE);

  hall_courier_sync_async (courier_of (fixture), NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  count = odd_service_count (service);
  while (odd_service_count (service) == count) {
    g_assert_false (asks (fixture));
    g_main_context_iteration (NULL, TRUE);
  }
}

/* A service on this very machine needs no network. */
static void
test_near (LibraryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (HallAccount) account = NULL;

  change (FALSE, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  account = library_fixture_add_account_at (fixture->library, "Near", "http://127.0.0.1:9", "token");
  await_line (fixture, "Saved. Not yet exchanged with the service");
  g_object_set (courier_of (fixture), "automatic", TRUE, NULL);
  while (TRUE) {
    g_autofree char *line = NULL;

    g_object_get (courier_of (fixture), "line", &line, NULL);
    g_assert_cmpstr (line, !=, "Saved. No network");
    if (g_str_has_prefix (line, "Saved. Cannot reach the service"))
      break;
    g_main_context_iteration (NULL, TRUE);
  }
}

int
main (int    argc,
      char **argv)
{
  library_fixture_prepare ();
  g_setenv ("GIO_USE_NETWORK_MONITOR", "of-the-test", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_io_extension_point_register (G_NETWORK_MONITOR_EXTENSION_POINT_NAME);
  g_type_ensure (monitor_get_type ());

#define ADD(path, function) \
  g_test_add (path, LibraryFixture, NULL, set_up, function, library_fixture_tear_down)

  ADD ("/app/courier-network/back-online", test_back_online);
  ADD ("/app/courier-network/metered", test_metered);
  ADD ("/app/courier-network/asked-once", test_asked_once);
  ADD ("/app/courier-network/near", test_near);

  return g_test_run ();
}
