// No answer is lost between two streams.
//
// Gradio's client gets all answers by one stream, which it opens at need. When nothing is left to
// answer the server closes it with the word `close_stream`; the client takes it for open until it
// has read that. On a busy machine the id of what was asked meanwhile may be read before, so that
// no stream is opened for its answer, and the page waits for ever. Therefore that word is held back
// while something is asked that has no answer yet: the stream goes on with another.
(() => {
  const ask = window.fetch;
  const waiting = new Set(); // ids of what has no answer yet, and what is about to get an id
  const early = new Set(); // ids that were answered before they were told

  window.fetch = async (...asked) => {
    const url = String(asked[0].url ?? asked[0]);
    if (url.includes("/queue/join")) return join(asked);
    const answer = await ask(...asked);
    return url.includes("/queue/data") && answer.ok
      ? new Response(stream(lines(answer.body, asked)), answer)
      : answer;
  };

  async function join(asked) {
    const told = {};
    waiting.add(told);
    try {
      const answer = await ask(...asked);
      const id = answer.ok ? (await answer.clone().json()).event_id : null;
      if (id && !early.delete(id)) waiting.add(id);
      return answer;
    } finally {
      waiting.delete(told);
    }
  }

  // The lines of a stream, and of those that go on with it.
  async function* lines(body, asked) {
    for (;;) {
      let last = "";
      for await (const line of linesOf(body)) {
        const { msg, event_id: id } = message(line);
        if (msg === "process_completed" && !waiting.delete(id)) early.add(id);
        if (msg === "close_stream") { last = line; break; }
        yield `${line}\n`;
      }
      const next = last && waiting.size ? await ask(...asked) : null;
      if (!next?.ok) {
        if (last) yield `${last}\n\n`;
        return;
      }
      body = next.body;
    }
  }
  // Of most lines nothing has to be known: answers are long.
  const message = (line) => /^data:.*"(process_completed|close_stream)"/.test(line)
    ? JSON.parse(line.slice(5)) : {};

  async function* linesOf(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let part; !(part = await reader.read()).done;) {
      const found = (text + part.value).split("\n");
      text = found.pop();
      yield* found;
    }
  }

  function stream(coming) {
    const encoder = new TextEncoder();
    return new ReadableStream({
      async pull(out) {
        const { done, value } = await coming.next();
        if (done) out.close();
        else out.enqueue(encoder.encode(value));
      },
      async cancel() { await coming.return(); },
    });
  }
})();
