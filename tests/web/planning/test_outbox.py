def test_worker_stands_at_the_root_so_that_it_may_serve_every_page(client, db):
    answer = client.get("/worker.js")

    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert b'addEventListener("fetch"' in answer.content


def test_outbox_is_on_the_desk_of_those_who_are_signed_in_alone(world, browser):
    assert "data-outbox" in browser("village_head").get("/my/").content.decode()
    assert "data-outbox" not in browser("public").get("/").content.decode()
