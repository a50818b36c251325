// The part of the app that keeps tokens where apps tend to keep them.
const plan = JSON.parse(document.getElementById('plan').dataset.plan);
document.getElementById('plan').remove();
for (const [key, value] of Object.entries(plan.localStorage)) localStorage.setItem(key, value);
for (const [key, value] of Object.entries(plan.sessionStorage)) sessionStorage.setItem(key, value);
if (!sessionStorage.getItem('joining')) sessionStorage.setItem('joining', plan.joining);

function enter() {
  // Once in the call the join token is of no more use.
  sessionStorage.removeItem('joining');
  document.getElementById('status').textContent = 'In the call';
  document.getElementById('enter').remove();
}
document.getElementById('enter').addEventListener('click', enter);
if (plan.enterAfterSeconds > 0)
  setTimeout(() => document.getElementById('enter') && enter(), plan.enterAfterSeconds * 1000);
